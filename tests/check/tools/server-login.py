#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Who may watch: users, TLS, and those who guess."""

import os
import ssl
import subprocess
import time
import unittest

import rtsplite
from servertest import SERVER, Case, have, readable, run, wait_for


def hash_of(password):
    return run(SERVER, "--hash-password", text_in=password + "\n").stdout


class Login(Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.write("users", "# who\nanna:%sben:%s" % (hash_of("open:sesame"),
                                                     hash_of("pässwörd")))

    def protected(self, more=""):
        return self.serve("--config", self.write(
            "server.conf", "[server]\nport=0\nusers-file=users\n%s"
            "[camera cam]\nuri=%s\n" % (more, self.sample_uri())), port=None)

    def answer(self, server, name="cam", user=None, password=None, **kwargs):
        client = server.client(**kwargs)
        try:
            if user is not None:
                client.login(user, password)
            return client.describe(name)
        finally:
            client.close()

    def test_login(self):
        server = self.protected()
        self.assertEqual(self.answer(server, "cam", "anna",
                                     "open:sesame").status, 200)
        self.assertEqual(self.answer(server, "cam", "ben",
                                     "pässwörd").status, 200)
        client = server.client()
        self.addCleanup(client.close)
        client.login("anna", "open:sesame")
        self.assertEqual(client.play_tcp("cam").status, 200)
        self.first_packet(client)

    def test_nothing_without_login(self):
        server = self.protected()
        client = server.client()
        self.addCleanup(client.close)
        for method in ("OPTIONS", "DESCRIBE", "SETUP", "PLAY", "ANNOUNCE",
                       "GET_PARAMETER", "TEARDOWN"):
            answer = client.request(method, client.base + "/cam")
            self.assertEqual(answer.status, 401, method)
            self.assertIn("Basic", answer.headers["www-authenticate"])

    def test_same_answer_whether_there_is_such_a_camera(self):
        server = self.protected()
        known, unknown = (self.answer(server, name)
                          for name in ("cam", "nosuchcamera"))
        for answer in (known, unknown):
            answer.headers.pop("date")
        self.assertEqual((known.status, known.headers, known.body),
                         (unknown.status, unknown.headers, unknown.body))
        self.assertEqual(self.answer(server, "nosuchcamera", "anna",
                                     "open:sesame").status, 404)

    def test_bad_credentials(self):
        server = self.protected()
        client = server.client()
        self.addCleanup(client.close)
        for header in ("Basic", "Basic ", "Basic x", "Basic ====",
                       "Basic YW5uYQ==", "Basic OjEy", "Basic " + "x" * 5000,
                       "Digest username=\"anna\"", "Bearer x", "\x01", ""):
            client.auth = header
            answer = client.request("OPTIONS", "*")
            self.assertEqual(answer.status, 401, header)

    def test_login_again_on_the_same_connection(self):
        server = self.protected()
        client = server.client()
        self.addCleanup(client.close)
        client.login("anna", "wrong")
        self.assertEqual(client.describe("cam").status, 401)
        client.login("anna", "open:sesame")
        self.assertEqual(client.describe("cam").status, 200)
        client.login("anna", "wrong")
        self.assertEqual(client.describe("cam").status, 401)

    def test_guessing_is_slow(self):
        server = self.protected()
        for i in range(5):
            self.assertEqual(self.answer(server, "cam", "anna",
                                         str(i)).status, 401)
        server.log.wait("login from 127.0.0.1", 5)
        # more is not even looked at, right or wrong
        answer = self.answer(server, "cam", "anna", "open:sesame")
        self.assertEqual(answer.status, 503)
        self.assertIn(answer.headers["retry-after"], ("1", "2"))
        self.assertIn("not looked at",
                      server.log.wait("too many have failed"))
        # others are
        self.assertEqual(self.answer(server, "cam", "ben",
                                     "p\u00e4ssw\u00f6rd").status, 200)
        # and forgiven soon
        wait_for(lambda: self.answer(server, "cam", "anna",
                                     "open:sesame").status == 200, "a login")

    def test_neighbours_cannot_slow_who_was_there(self):
        server = self.protected()
        self.assertEqual(self.answer(server, "cam", "anna",
                                     "open:sesame").status, 200)
        for i in range(5):
            self.assertEqual(self.answer(server, "cam", "anna", str(i),
                                         source="127.0.0.9").status, 401)
        self.assertEqual(self.answer(server, "cam", "anna", "open:sesame",
                                     source="127.0.0.8").status, 503)
        self.assertEqual(self.answer(server, "cam", "anna",
                                     "open:sesame").status, 200)

    def test_who_does_not_log_in_cannot_stay(self):
        server = self.protected("request-timeout=1\n")
        stranger, known = server.client(), server.client()
        self.addCleanup(stranger.close)
        self.addCleanup(known.close)
        known.login("anna", "open:sesame")
        end = time.monotonic() + 60
        with self.assertRaises((rtsplite.Closed, ConnectionError)):
            while time.monotonic() < end:
                self.assertEqual(known.request("OPTIONS", "*").status, 200)
                self.assertEqual(stranger.request("OPTIONS", "*").status, 401)
                readable(stranger.sock, 0.2)
        self.assertEqual(known.request("OPTIONS", "*").status, 200)

    def test_log_has_names_but_no_passwords(self):
        server = self.protected()
        self.answer(server, "cam", "anna\nfaked line", "wr0ng-secret")
        line = server.log.wait("failed")
        self.assertIn("127.0.0.1", line)
        self.assertIn("anna\\nfaked line", line)
        self.answer(server, "cam", "anna", "open:sesame")
        log = server.log.text()
        for secret in ("wr0ng-secret", "open:sesame", "b3BlbjpzZXNhbWU"):
            self.assertNotIn(secret, log)

    @unittest.skipUnless(have("ffprobe"), "ffprobe is not installed")
    def test_ffprobe_with_credentials_in_the_url(self):
        server = self.protected()
        url = server.url("cam").replace("://", "://anna:open%3Asesame@")
        got = run("ffprobe", "-v", "error", "-rtsp_transport", "tcp", url)
        self.assertEqual((got.returncode, got.stderr), (0, ""))


@unittest.skipUnless(have("openssl"), "openssl is not installed")
class Tls(Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
             "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
             "-subj", "/CN=localhost", "-keyout", cls.path("key.pem"),
             "-out", cls.path("cert.pem")], check=True,
            stderr=subprocess.DEVNULL)
        cls.write("users", "anna:" + hash_of("sesame"))

    def secured(self, more=""):
        # the leak checker of clang 14 crashes on threads that GnuTLS was in;
        # without TLS it sees all that is ours
        env = {}
        if "ASAN_OPTIONS" in os.environ:
            env["ASAN_OPTIONS"] = os.environ["ASAN_OPTIONS"].replace(
                "detect_leaks=1", "detect_leaks=0")
        return self.serve("--config", self.write(
            "server.conf", "[server]\nport=0\nusers-file=users\n"
            "tls-certificate=cert.pem\ntls-key=key.pem\n%s"
            "[camera cam]\nuri=%s\n" % (more, self.sample_uri())), port=None,
            env=env)

    def test_view(self):
        server = self.secured()
        self.assertTrue(server.urls[0].startswith("rtsps://"))
        client = server.client(tls=rtsplite.tls_context())
        self.addCleanup(client.close)
        self.assertEqual(client.describe("cam").status, 401)
        client.login("anna", "sesame")
        self.assertEqual(client.play_tcp("cam").status, 200)
        self.first_packet(client)

    def test_outside_with_credentials_and_tls(self):
        server = self.secured("address=0.0.0.0\n")
        self.assertIn("0.0.0.0", server.urls[0])

    def test_no_udp_beside_tls(self):
        server = self.secured()
        client = server.client(tls=rtsplite.tls_context())
        self.addCleanup(client.close)
        client.login("anna", "sesame")
        self.assertEqual(client.describe("cam").status, 200)
        answer = client.setup(client.controls()[0],
                              "RTP/AVP;unicast;client_port=5000-5001")
        self.assertEqual(answer.status, 461)

    def test_old_tls_is_refused(self):
        server = self.secured()
        old = rtsplite.tls_context()
        old.set_ciphers("ALL:@SECLEVEL=0")
        old.minimum_version = ssl.TLSVersion.TLSv1
        old.maximum_version = ssl.TLSVersion.TLSv1_1
        with self.assertRaises((ssl.SSLError, ConnectionError)):
            server.client(tls=old)

    def test_plain_and_garbage_on_the_port_of_tls(self):
        server = self.secured("request-timeout=2\n")
        for data in (b"OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n",
                     b"", b"\x16\x03\x01\x10\x00", os.urandom(2000), b"\x16\x03\x01" + b"\xff" * 200000):
            client = server.client()
            try:
                client.send_raw(data)
                while client.sock.recv(4096):
                    pass
            except ConnectionError:
                pass
            client.close()
        client = server.client(tls=rtsplite.tls_context())
        self.addCleanup(client.close)
        self.assertEqual(client.describe("cam").status, 401)

    @unittest.skipUnless(have("ffprobe"), "ffprobe is not installed")
    def test_ffprobe(self):
        server = self.secured()
        url = server.url("cam").replace("://", "://anna:sesame@")
        got = run("ffprobe", "-v", "error", "-rtsp_transport", "tcp", url)
        self.assertEqual((got.returncode, got.stderr), (0, ""))


if __name__ == "__main__":
    unittest.main()
