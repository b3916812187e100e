#!/usr/bin/python3 -B
# SPDX-License-Identifier: LGPL-2.1-or-later
"""cheapcam-ctl borescope as a program: with the simulator, and with cameras that are
silent, say little, or lie. The bytes are typed from the protocol's tables.

Usage: ctlborescope.py CHEAPCAM-CTL BORESCOPE-SIM
"""

import concurrent.futures
import contextlib
import json
import signal
import socket
import struct
import subprocess
import sys
import threading

TOOL, SIM = sys.argv[1:3]
TIMEOUT = 60
ASKS = {"info": "anything about itself", "resolutions": "its resolutions", "battery": "its battery",
        "led": "the brightness of its light"}

# What may be sent: nothing that changes a camera for good.
HARMLESS = {(b"SETCMD", 0x90), (b"SETCMD", 8), (b"SETCMD", 9)} | {
    (b"\x99\x99", command) for command in (0x1000, 0x1002, 0x1015, 0x1016, 0x1017, 0x1060)}
SENT = set()

VERSION, FORMAT, LED, SET_LED, BATTERY, BOARD = 0x1002, 0x1000, 0x1015, 0x1016, 0x1017, 0x1060


def run(*arguments, **more):
    return subprocess.run([TOOL, *arguments], capture_output="stdout" not in more, text=True,
                          timeout=TIMEOUT, check=False, **more)


def ask(port, *words):
    return run("borescope", *words, "--host=127.0.0.1", f"--port={port}")


def succeed(port, *words):
    done = ask(port, *words)
    assert (done.returncode, done.stderr) == (0, ""), (words, done)
    return done.stdout


def fail(port, text, *words):
    """Exit 1, one line that says what, no data."""
    done = ask(port, *words)
    assert (done.returncode, done.stdout) == (1, ""), (words, done)
    assert text in done.stderr and done.stderr.count("\n") == 1, (words, done)
    assert done.stderr.startswith("cheapcam-ctl: 127.0.0.1"), (words, done)


def parse(request):
    """Dialect, command and sequence."""
    if request[:6] == b"SETCMD":
        sequence, command, length = struct.unpack_from("<IHH", request, 6)
        assert len(request) == 14 + length, request.hex()
        return b"SETCMD", command, sequence
    assert request[:2] == b"\x99\x99" and len(request) == 24, request.hex()
    return request[:2], struct.unpack_from("<H", request, 2)[0], None


def retcmd(sequence, command, rest):
    return b"RETCMD" + struct.pack("<IH", sequence, command) + rest


def button(sequence):
    return retcmd(sequence, 0x90, bytes.fromhex("0400000000000700"))


def reply(command, status=0, value=0, text=b""):
    header = struct.pack("<HHIIIQ", 0x9999, command, 0, status, len(text), value)
    return header + (bytes(8) + text if text else b"")


@contextlib.contextmanager
def camera(answer):
    """answer(dialect, command, sequence, n) gives the replies to the n-th of its kind. Yields
    the port and the list of all requests."""
    requests, counts = [], {}
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))

        def serve():
            while True:
                data, client = server.recvfrom(65536)
                if data == b"end":
                    return
                requests.append(data)
                what = parse(data)
                SENT.add(what[:2])
                counts[what] = counts.get(what, 0) + 1
                for item in answer(*what, counts[what]):
                    if isinstance(item, tuple):   # another sender
                        item[0].sendto(item[1], client)
                    else:
                        server.sendto(item, client)

        thread = threading.Thread(target=serve)
        thread.start()
        port = server.getsockname()[1]
        try:
            yield port, requests
        finally:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as last:
                last.sendto(b"end", ("127.0.0.1", port))
            thread.join()


def only(command, *replies):
    """A camera that answers the button, and this."""
    def answer(dialect, asked, sequence, n):
        if asked == 0x90:
            return [button(sequence)]
        return replies if (dialect, asked) == (b"\x99\x99", command) else []
    return camera(answer)


def board(text, format_reply=reply(FORMAT)):
    """A camera whose version, which is marked so, is not supported."""
    replies = {BOARD: text, VERSION: reply(VERSION, 0, 7), FORMAT: format_reply}
    return camera(lambda d, command, s, n: [replies[command]] if command in replies else [])


def check_simulator():
    with subprocess.Popen([SIM, "--battery=73"], stdout=subprocess.PIPE, text=True) as sim:
        try:
            port = sim.stdout.readline().split()[2]
            assert succeed(port, "info") == (
                "model: J103-OTG\nssid_head: J103-\nversion: 131077\nformat: MJPEG\n")
            assert json.loads(succeed(port, "info", "--json")) == {
                "model": "J103-OTG", "ssid_head": "J103-", "version": 131077, "format": "MJPEG"}
            assert succeed(port, "resolutions") == "640x480@30\n320x240@30\n1280x720@30\n"
            assert json.loads(succeed(port, "resolutions", "--json"))["resolutions"][1] == {
                "width": 320, "height": 240, "fps": 30}
            assert succeed(port, "set-resolution", "320x240") == "width: 320\nheight: 240\nfps: 30\n"
            fail(port, "has no 320x240@15, but 640x480@30, 320x240@30", "set-resolution", "320x240@15")
            fail(port, "has no 641x480, but", "set-resolution", "641x480")
            assert succeed(port, "led", "35") == "led: 35\n"
            assert json.loads(succeed(port, "led", "--json")) == {"led": 35}
            assert succeed(port, "battery") == "percent: 73\ncharging: no\nfull: no\n"
            assert json.loads(succeed(port, "--json", "battery")) == {
                "percent": 73, "charging": False, "full": False}
        finally:
            sim.send_signal(signal.SIGINT)


def check_silence():
    with camera(lambda *_: []) as (port, requests):
        for command in [*ASKS, "set-resolution"]:
            requests.clear()
            words = ["1x1"] if command == "set-resolution" else []
            fail(port, "no answer; is the camera on", command, *words, "--timeout=0.2")
            # Each question four times.
            assert set(map(requests.count, requests)) == {4}, [r.hex() for r in requests]


def check_refusal():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        port = server.getsockname()[1]
    fail(port, "Connection refused", "battery", "--timeout=60")


def check_untold():
    """A camera that answers its button only."""
    with only(None) as (port, _), concurrent.futures.ThreadPoolExecutor() as pool:
        runs = [pool.submit(fail, port, f"the camera does not tell {what}\n", command)
                for command, what in ASKS.items()]
        runs.append(pool.submit(fail, port, "does not confirm the brightness", "led", "10"))
        runs.append(pool.submit(fail, port, "does not confirm the resolution", "set-resolution", "8x8"))
        for one in runs:
            one.result()
    # An answer that says nothing, and numbers that cannot be.
    with only(BATTERY, reply(BATTERY)) as (port, _):
        fail(port, "does not tell its battery", "battery")
    with only(LED, reply(LED, 1, 101)) as (port, _):
        fail(port, "does not tell the brightness", "led")
    with board(reply(BOARD)) as (port, _):
        fail(port, "does not tell anything", "info")
    with camera(lambda d, c, s, n: [retcmd(s, c, bytes(20))]) as (port, _):
        fail(port, "does not tell its resolutions", "resolutions")


def check_requests():
    """Golden bytes of what changes something."""
    with only(SET_LED, reply(SET_LED, 50, 50)) as (port, requests):
        succeed(port, "led", "50")
        assert bytes.fromhex("99991610000000003200000000000000" + "00" * 8) in requests

    def answer(dialect, command, sequence, n):
        if command == 0x90:
            return [button(sequence)]
        return [retcmd(sequence, command, b"\0\0")] if command == 8 else []
    with camera(answer) as (port, requests):
        assert succeed(port, "set-resolution", "1280x720", "--timeout=1").endswith("fps: 30\n")
        sent, = [r for r in requests if r[10:12] == b"\x08\x00"]
        assert sent[:6] == b"SETCMD" and sent[12:].hex() == "0500" + "0005" + "d002" + "1e", sent.hex()
    # The list's own frame rate is taken.
    with camera(lambda d, c, s, n: [retcmd(s, c, bytes.fromhex("010500" + "2003580219"))]) as (port, _):
        assert succeed(port, "set-resolution", "800x600") == "width: 800\nheight: 600\nfps: 25\n"


def check_patience():
    """The fourth question gets the answer; one to an earlier one counts too."""
    def answer(dialect, command, sequence, n):
        return [reply(BATTERY, 1 << 16, 44)] if command == BATTERY and n == 4 else []
    with camera(answer) as (port, _):
        assert succeed(port, "battery", "--timeout=1") == "percent: 44\ncharging: yes\nfull: no\n"


def check_batteries():
    with only(BATTERY, reply(BATTERY, 3 << 16, 100)) as (port, _):
        assert succeed(port, "battery") == "percent: 100\ncharging: yes\nfull: yes\n"
    with only(BATTERY, reply(BATTERY, 3750, 0)) as (port, _):
        assert succeed(port, "battery") == "percent: 50\n"


def check_lies():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        other.bind(("127.0.0.1", 0))

        # Another host's answer comes first; so do garbage and answers to other questions.
        def answer(dialect, command, sequence, n):
            if command == BATTERY:
                return [(other, reply(BATTERY, 0, 99)), b"", b"\x99\x99", b"\x99" * 60000, b"RETCMD",
                        reply(LED, 1, 98), reply(BATTERY)[:15], reply(BATTERY, 0, 12)]
            if command == 9:
                return [retcmd(sequence ^ 1, 9, bytes.fromhex("010500" + "0100010001")),
                        retcmd(sequence, 8, bytes(8)),
                        retcmd(sequence, 9, bytes.fromhex("ffffff" + "8002e0011e" + "000000001e" + "40"))]
            return []
        with camera(answer) as (port, _):
            assert succeed(port, "battery").startswith("percent: 12\n")
            assert succeed(port, "resolutions") == "640x480@30\n"
    with camera(lambda *_: [b"\x99" * 1000, b"RETCMD" + bytes(90)]) as (port, _):
        fail(port, "no answer", "info", "--timeout=0.2")


def check_board():
    """Nothing but the model and the network's prefix leaves the board's text."""
    secret = b'"password":"hush","wifi_key":"hush","ssid":"hush"'
    with board(reply(BOARD, 1, 0, b'{%s,"model":"X7","ssid_head":7}\0\0hush' % secret)) as (port, _):
        for form in [], ["--json"]:
            done = ask(port, "info", *form)
            assert done.returncode == 0 and "X7" in done.stdout, done
            assert "hush" not in done.stdout + done.stderr and "ssid" not in done.stdout, done
    for text in (b'{"model":"\\u001b[31mred"}', b'{"model":""}', b'{"model":"' + b"x" * 65 + b'"}',
                 b'{"model":{"model":"X7"}}', b'{"model":null}', b'["model"]', b"hush", b"{" + secret,
                 b"[" * 4000, b'{"a":' * 800, b'{"model":"\xff"}', b"", b"\0" * 64):
        with board(reply(BOARD, 1, 0, text)) as (port, _):
            fail(port, "does not tell anything about itself", "info")
    # What it tells besides is printed all the same.
    with board(reply(BOARD), reply(FORMAT, 4, 4)) as (port, _):
        assert succeed(port, "info") == "format: YUYV\n"


def check_usage():
    with camera(lambda *_: []) as (port, requests):
        for words, text in (
                ([], "no FAMILY"), (["webcam"], "webcam"), (["borescope"], "no COMMAND"),
                (["borescope", "reboot"], "no command reboot"), (["borescope", "info", "x"], "x"),
                (["borescope", "led", "1", "2"], "2"), (["borescope", "led", "101"], "101"),
                (["borescope", "led", "1.5"], "1.5"), (["borescope", "led", ""], "brightness"),
                (["borescope", "set-resolution"], "WIDTHxHEIGHT"),
                (["borescope", "set-resolution", "640"], "640"),
                (["borescope", "set-resolution", "640x480@"], "640x480@"),
                (["borescope", "set-resolution", "640x480@256"], "256"),
                (["borescope", "set-resolution", "@30x480"], "@30"),
                (["borescope", "set-resolution", "0x480"], "0x480"),
                (["borescope", "set-resolution", "65536x480"], "65536"),
                (["borescope", "info", "--host="], "--host"), (["borescope", "info", "--port=0"], "--port 0"),
                (["borescope", "info", "--port=65536"], "65536"), (["borescope", "info", "--nonsense"], "nonsense"),
                (["borescope", "info", "--timeout=0"], "--timeout"),
                (["borescope", "info", "--timeout=nan"], "--timeout")):
            # an option that is given twice has its last value
            done = run("--host=127.0.0.1", f"--port={port}", *words)
            assert (done.returncode, done.stdout) == (2, ""), (words, done)
            assert text in done.stderr and "--help" in done.stderr, (words, done)
        assert not requests, requests


def check_output():
    """Data that cannot be written is told; a closed stream is not the camera's socket."""
    with only(BATTERY, reply(BATTERY, 0, 12)) as (port, requests):
        words = ["borescope", "battery", "--host=127.0.0.1", f"--port={port}"]
        with open("/dev/full", "wb") as full:
            done = run(*words, stdout=full, stderr=subprocess.PIPE)
        assert done.returncode == 1 and "standard output" in done.stderr, done
        shell = ["sh", "-c", '"$0" "$@" >&-', TOOL, *words]
        done = subprocess.run(shell, stderr=subprocess.PIPE, timeout=TIMEOUT, check=False)
        assert done.returncode == 1 and b"standard output" in done.stderr, done
        assert all(r[:6] == b"SETCMD" or len(r) == 24 for r in requests)


def main():
    check_simulator()
    check_silence()
    check_refusal()
    check_untold()
    check_requests()
    check_patience()
    check_batteries()
    check_lies()
    check_board()
    check_usage()
    check_output()
    assert SENT == HARMLESS, SENT ^ HARMLESS
    return 0


if __name__ == "__main__":
    sys.exit(main())
