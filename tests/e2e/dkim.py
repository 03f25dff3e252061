# SPDX-License-Identifier: BSD-2-Clause
"""Signs mail as RFC 6376 says, relaxed/relaxed and by openssl's RSA: what a
network's own servers do."""

import base64
import hashlib
import re
import subprocess

from mime import head_and_body

SELECTOR = "rho"
SIGNED = {"from", "to", "subject", "date", "message-id", "mime-version", "content-type"}


class Signer:
    """A domain with a fresh key in a folder."""

    def __init__(self, folder, domain):
        self.domain = domain
        self.key = "%s/%s.key" % (folder, domain)
        subprocess.run(["openssl", "genrsa", "-out", self.key, "2048"], check=True,
                       capture_output=True)

    def record(self):
        """What its domain publishes: name and text."""
        key = subprocess.run(["openssl", "rsa", "-in", self.key, "-pubout", "-outform", "DER"],
                             check=True, capture_output=True).stdout
        return ("%s._domainkey.%s" % (SELECTOR, self.domain),
                "v=DKIM1; k=rsa; p=" + base64.b64encode(key).decode())

    def sign(self, mail, selector=SELECTOR):
        """The mail with a signature on top."""
        head, body = head_and_body(mail)
        fields = [field for field in re.findall(rb"(?m)^([^:\s]+):((?:.*\n(?:[ \t].*\n)*))", head)
                  if field[0].decode("latin-1").lower() in SIGNED]
        value = b" v=1; a=rsa-sha256; c=relaxed/relaxed; d=%s; s=%s;\n\th=%s;\n\tbh=%s;\n\tb=" % (
            self.domain.encode(), selector.encode(), b":".join(name for name, _ in fields),
            base64.b64encode(hashlib.sha256(relaxed_body(body)).digest()))
        text = b"".join(relaxed_field(*field) + b"\r\n" for field in fields) + \
            relaxed_field(b"DKIM-Signature", value)
        signature = subprocess.run(["openssl", "dgst", "-sha256", "-sign", self.key], input=text,
                                   check=True, capture_output=True).stdout
        return b"DKIM-Signature:" + value + base64.b64encode(signature) + b"\n" + mail


def relaxed_field(name, value):
    """Section 3.4.2."""
    unfolded = value.replace(b"\n", b"")
    return name.lower() + b":" + re.sub(rb"[ \t]+", b" ", unfolded).strip()


def relaxed_body(body):
    """Section 3.4.4."""
    lines = [re.sub(rb"[ \t]+", b" ", line).rstrip(b" ") for line in body.split(b"\n")]
    return b"\r\n".join(lines).rstrip(b"\r\n") + b"\r\n"


def verifies(mail, signer):
    """Does the mail's signature hold by the signer's key?  For relaxed/relaxed alone."""
    head, body = head_and_body(mail)
    fields = re.findall(rb"(?m)^([^:\s]+):((?:.*\n(?:[ \t].*\n)*))", head)
    value = next((value for name, value in fields if name.lower() == b"dkim-signature"), None)
    if value is None:
        return False
    tags = {name.strip(): re.sub(rb"\s+", b"", rest) for name, _, rest in
            (tag.partition(b"=") for tag in value.split(b";"))}
    if tags[b"bh"] != base64.b64encode(hashlib.sha256(relaxed_body(body)).digest()):
        return False
    left = fields[::-1]  # the lowest first (section 5.4.2)
    text = b""
    for wanted in tags[b"h"].lower().split(b":"):
        found = next((field for field in left if field[0].lower() == wanted), None)
        if found is not None:
            left.remove(found)
            text += relaxed_field(*found) + b"\r\n"
    text += relaxed_field(b"DKIM-Signature", re.sub(rb"([;\s]b\s*=)[^;]*", rb"\1", value))
    with open(signer.key + ".signature", "wb") as file:
        file.write(base64.b64decode(tags[b"b"]))
    return subprocess.run(["openssl", "dgst", "-sha256", "-prverify", signer.key, "-signature", file.name],
                          input=text, capture_output=True).returncode == 0
