#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The command line and the configuration of cheapcam-server."""

import os
import re
import signal
import socket
import time
import unittest

from servertest import HERE, SERVER, SOURCE, Case, run

HASH = "$y$j9T$kfZ8fUxtEGbBXmCkvRRRT.$"


def server(*args, **kwargs):
    # the log of the leaks tracer would be on stderr too
    env = {k: v for k, v in os.environ.items()
           if k not in ("GST_DEBUG", "GST_TRACERS")}
    if "ASAN_OPTIONS" in env:
        env["ASAN_OPTIONS"] += ":fast_unwind_on_malloc=0"
        env["LSAN_OPTIONS"] = ("print_suppressions=0:suppressions="
                               + HERE + "/server.lsan")
    return run(SERVER, *args, env=env, **kwargs)


class CommandLine(Case):
    def check_usage(self, got, *needles):
        self.assertEqual(got.returncode, 2, got.stderr)
        self.assertEqual(got.stdout, "")
        self.assertEqual(len(got.stderr.strip().split("\n")), 1, got.stderr)
        for needle in needles:
            self.assertIn(needle, got.stderr)

    def test_help_shows_an_example(self):
        got = server("--help")
        self.assertEqual((got.returncode, got.stderr), (0, ""))
        self.assertIn("Example:", got.stdout)
        self.assertIn("--camera front=", got.stdout)

    def test_version(self):
        got = server("--version")
        self.assertEqual(got.returncode, 0)
        self.assertRegex(got.stdout, r"^cheapcam-server \d+\.\d+\.\d+\n$")

    def test_man_page_has_the_same_options(self):
        options = set(re.findall(r"--([a-z-]+)", server("--help").stdout))
        with open(os.path.join(SOURCE, "docs/man/cheapcam-server.1")) as page:
            described = set(re.findall(r"^\.It Fl (?:[a-z] [^-]*, Fl )?-([a-z-]+)",
                                       page.read(), re.M))
        self.assertEqual(options, described)

    def test_unknown_option(self):
        self.check_usage(server("--frobnicate"), "--frobnicate")

    def test_stray_argument(self):
        self.check_usage(server("cam=file:///x"), "cam=file:///x", "--camera")

    def test_no_camera(self):
        self.check_usage(server(), "no camera")

    def test_camera_without_uri(self):
        self.check_usage(server("--camera", "cam"), "NAME=URI")

    def test_bad_camera_names(self):
        for name in ("", "a b", "a/b", "..", "ä", "x" * 65, ".hidden"):
            self.check_usage(server("--camera", name + "=file:///x"),
                             "camera name")

    def test_path_gets_the_uri_to_write(self):
        self.check_usage(server("--camera", "cam=/tmp/my file.mp4"),
                         "file:///tmp/my%20file.mp4")

    def test_unknown_uri_scheme(self):
        self.check_usage(server("--camera", "cam=gopher://x/"), "gopher")

    def test_camera_given_twice(self):
        self.check_usage(server("--camera", "a=file:///x",
                                "--camera", "a=file:///y"), "twice")

    def test_bad_ports(self):
        for port in ("-2", "65536", "abc", "99999999999999999999"):
            got = server("--port", port, "--camera", "a=file:///x")
            self.assertEqual(got.returncode, 2, got.stderr)

    def test_outside_needs_credentials(self):
        for address in ("0.0.0.0", "::", "192.0.2.1", "example.org"):
            self.check_usage(server("--address", address, "--port", "0",
                                    "--camera", "a=" + self.sample_uri()),
                             "users-file")

    def test_port_that_is_taken(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            got = server("--port", str(port), "--camera", "a=file:///x")
        self.assertEqual(got.returncode, 1)
        self.assertIn(str(port), got.stderr)

    def test_signals_end_it_in_time(self):
        for how in (signal.SIGINT, signal.SIGTERM):
            with self.subTest(how):
                running = self.serve()
                self.play(running)
                start = time.monotonic()
                self.assertEqual(running.stop(how), 0)
                self.assertLess(time.monotonic() - start, 20)

    def test_camera_that_does_not_stop(self):
        """A file whose opening takes for ever."""
        path = self.path("pipe")
        os.mkfifo(path)
        running = self.serve("--camera", "cam=file://" + path, clean=False)
        self.assertEqual(running.stop(), 1)
        self.assertIn("warning: ", running.log.wait("has not stopped"))

    def test_hash_password(self):
        for text in ("secret\n", "secret", "secret\r\n", "p\u00e4ss w\u00f6rd\n",
                     "x" * 256 + "\n"):
            got = server("--hash-password", text_in=text)
            self.assertEqual((got.returncode, got.stderr), (0, ""))
            self.assertNotIn("secret", got.stdout)
            self.assertTrue(got.stdout.startswith("$y$"))

    def test_what_cannot_be_a_password(self):
        for text, why in (("", "empty"), ("\n", "empty"), ("\r\n", "empty"),
                          ("sec\0ret\n", "control"), ("\0\n", "control"),
                          ("secret\n\n", "control"),
                          ("one\ntwo\n", "control"),
                          ("x" * 257 + "\n", "256"), ("x" * 9000, "256")):
            got = server("--hash-password", text_in=text)
            self.assertEqual((got.returncode, got.stdout), (1, ""), repr(text))
            self.assertIn(why, got.stderr)
            self.assertNotIn("secret", got.stderr)


class Configuration(Case):
    def check(self, text, *needles, code=2, args=()):
        path = self.write("server.conf", text)
        got = server("--config", path, "--check-config", *args)
        self.assertEqual(got.returncode, code, got.stderr)
        if code:
            self.assertEqual(len(got.stderr.strip().split("\n")), 1)
        for needle in needles:
            self.assertIn(needle, got.stderr)

    def good(self):
        return "[camera a]\nuri=%s\n" % self.sample_uri()

    def test_good(self):
        self.check(self.good(), code=0)
        self.check("[camera b]\ntranscode=never\nuri=file:///x\n"
                   + self.good(), code=0)
        self.check("# comment\n\n[server]\nport = 0\naddress=::1\n"
                   + self.good(), code=0)

    def test_missing_file(self):
        got = server("--config", self.path("none.conf"))
        self.assertEqual(got.returncode, 2)
        self.assertIn("none.conf", got.stderr)

    def test_mistakes_name_file_line_group_and_key(self):
        cases = (
            ("[server]\nprot=1\n" + self.good(), (":2:", "[server] prot")),
            ("[sever]\n" + self.good(), (":1:", "[sever]")),
            ("[server]\nport=http\n" + self.good(), (":2:", "[server] port")),
            ("[server]\nport=65536\n" + self.good(), (":2:", "port")),
            ("[server]\nport=\n" + self.good(), (":2:", "no value")),
            ("[server]\nudp=yes\n" + self.good(), (":2:", "udp", "yes")),
            ("[server]\nmax-connections=0\n" + self.good(), (":2:",)),
            ("[server]\ninsecure=yes\n" + self.good(), (":2:", "i-know")),
            ("[server]\nport=1\nport=2\n" + self.good(), (":3:", "line 2")),
            (self.good() + self.good(), (":3:", "line 1")),
            ("nonsense\n" + self.good(), (":1:",)),
            ("[server]\nnonsense\n" + self.good(), (":2:",)),
            ("[camera a]\n", (":1:", "[camera a]", "no uri")),
            ("[camera a b]\nuri=file:///x\n", (":2:", "camera name")),
            ("[camera a]\nuri=/x/y.mp4\n", (":2:", "file:///x/y.mp4")),
            ("[camera a]\nuri=file:///x\nurl=y\n", (":3:", "url")),
            ("[camera a]\ntranscode=no\nuri=file:///x\n",
             (":2:", "[camera a] transcode", "never")),
        )
        for text, needles in cases:
            with self.subTest(text):
                self.check(text, "server.conf", *needles)

    def test_command_line_wins(self):
        self.check("[server]\nport=1\n" + self.good(), code=0,
                   args=("--port", "0"))
        self.check(self.good(), "twice", args=("--camera", "a=file:///x"))

    def test_tls_needs_both_files(self):
        self.check("[server]\ntls-key=x\n" + self.good(), "go together")

    def test_tls_file_that_is_missing(self):
        config = "[server]\ntls-key=k\ntls-certificate=c\n" + self.good()
        self.check(config, "tls-key", self.path("k"))
        self.write("k", "")
        self.check(config, self.path("c"))

    def test_tls_key_that_others_can_read(self):
        for mode in (0o644, 0o640, 0o604, 0o620):
            self.write("loose", "", mode)
            self.check("[server]\ntls-key=loose\ntls-certificate=c\n"
                       + self.good(), "tls-key", self.path("loose"),
                       "chmod 600")

    def test_outside_needs_tls_or_knowledge(self):
        users = self.write("users", "me:%s\n" % HASH)
        base = "[server]\naddress=0.0.0.0\n%s" + self.good()
        self.check(base % "", "users-file")
        self.check(base % "insecure=i-know\n", "users-file")
        self.check(base % ("users-file=%s\n" % users), "tls-certificate",
                   "i-know")
        self.check(base % ("users-file=users\ninsecure=i-know\n"), code=0)

    def test_users_file_that_others_can_read(self):
        for mode in (0o644, 0o640, 0o660, 0o602):
            self.write("users", "me:%s\n" % HASH, mode)
            self.check("[server]\nusers-file=users\n" + self.good(),
                       self.path("users"), "chmod 600")

    def test_users_file_mistakes(self):
        for text, needle in (("", "no users"), ("me\n", ":1:"),
                             ("# x\nme:secret\n", ":2:"),
                             ("me:%s\nme:%s\n" % (HASH, HASH), "twice"),
                             ("m e:%s\n" % HASH, ":1:"),
                             # DES and MD5 are no longer good enough
                             ("me:abJnggxhB/yWI\n", ":1:"),
                             ("me:$1$abcdefgh$x\n", ":1:")):
            with self.subTest(text):
                self.write("users", text)
                self.check("[server]\nusers-file=users\n" + self.good(),
                           needle)

    def test_random_bytes_end_in_an_error(self):
        for seed in range(40):
            data = bytes((i * (seed + 3) * 7919 >> 5) % 256
                         for i in range(seed * 13))
            path = self.path("random.conf")
            with open(path, "wb") as out:
                out.write(b"[server]\n" + data)
            got = server("--config", path, "--check-config")
            self.assertEqual(got.returncode, 2, seed)


if __name__ == "__main__":
    unittest.main()
