#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""What is made of the words of real verifiers: OpenDKIM, OpenDMARC and rspamd in
front of the daemon, in a real Postfix and a real Sendmail, and of mail that was
signed, changed on the way, or brings such words along.

All of it runs in a network of its own, whose DNS knows the keys of the test."""

import functools
import os
import re
import smtplib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import mailsite  # noqa: E402
import network  # noqa: E402
import sendmailsite  # noqa: E402
from mailsite import AWAY, DOMAIN, Mailboxes, Postfix, Sink, mail, remove_folder  # noqa: E402
from daemon import (SKIP, TESTS, Daemon, await_true, equal, require, run_cases,  # noqa: E402
                    temporary_folder)
from delivered import OURS, check_untouched  # noqa: E402
from dkim import Signer  # noqa: E402
from mime import head_and_body, values  # noqa: E402
from network import FAILS, OUTSIDE, Nameserver  # noqa: E402
from verifiers import CONTRIB, OpenDKIM, OpenDMARC, Rspamd, lines_of  # noqa: E402

NAME = "mx.example.net"  # in authserv-id
NETWORK, OTHER = "linkedin.com", "example.org"
INVITATION = "linkedin/member-2024-default.eml"
TRUST = "[trust]\nauthserv-id = %s\n" % NAME
NOT_SENT = rb"(?i)(Return-Path|Delivered-To|Received|Authentication-Results|ARC-[\w-]+|DKIM-\w+):"

# Who stands in front of the daemon, in which MTA; "": no socket where one should be.
VERIFIERS = {"opendkim": OpenDKIM, "opendmarc": OpenDMARC, "rspamd": Rspamd}
SITES = {
    "OpenDKIM": ["opendkim"],
    "OpenDMARC": ["opendkim", "opendmarc"],
    "rspamd": ["rspamd"],
    "Sendmail": ["opendkim"],
    "nobody trusted": ["opendkim"],
    "nobody checks": [],
    "nobody checks, fields taken off": [],
    "verifier down": ["dead"],
    "changing": ["opendkim"],
    "Sendmail, changing": ["opendkim"],
}

# Names of keys that the DNS cannot tell.
FAILING = ["fails%d" % i for i in range(20)]
unused = iter(FAILING)

# The mails, on top of which stands what senders wrote under our name.


def invitation(signers):
    """As the network sends it, unsigned: without what others added to the fixture."""
    head, body = head_and_body(mail(INVITATION))
    fields = re.findall(rb"(?m)^[^\s].*\n(?:[ \t].*\n)*", head)
    return b"".join(field for field in fields if not re.match(NOT_SENT, field)) + b"\n" + body


def signed(signers, by=NETWORK, **how):
    return signers[by].sign(invitation(signers), **how)


def changed(signers, old=b"\nContent-ID: text-body\n\n", more=b"Click here.\n\n"):
    original = signed(signers)
    require(original.count(old) == 1, "%r is not in the mail" % old)
    return original.replace(old, old + more)


def through_a_list(change):
    return lambda signers: b"List-Id: <friends.example.org>\n" + change(signers)


def subject_changed(signers):
    return changed(signers, b"\nSubject: ", b"[friends] ")


def key_fails(signers):
    """Another key each time: OpenDKIM remembers a failure, as one of the signature."""
    return signed(signers, selector=next(unused))


MAILS = {
    "signed": signed,
    "unsigned": invitation,
    "body changed": changed,
    "subject changed": subject_changed,
    "changed by a list": through_a_list(changed),
    "unsigned, through a list": through_a_list(invitation),
    "signed by another": functools.partial(signed, by=OTHER),
    "key is gone": functools.partial(signed, selector="gone"),
    "key cannot be asked for": key_fails,
    "key cannot be asked for, and an own field":
        lambda signers: own_field("with a property of its own") + key_fails(signers),
}

# What becomes of it, and the results under our name in what is delivered.
EXPECTED = {
    "signed": {
        "OpenDKIM": "verified dkim=pass",
        "OpenDMARC": "verified dkim=pass dmarc=pass",
        "rspamd": "verified dkim=pass dmarc=pass",
        "Sendmail": "verified dkim=pass",
        "nobody trusted": "unverified dkim=pass",
        "nobody checks": "unverified",
        "verifier down": "refused",
    },
    "unsigned": {
        "OpenDKIM": "unverified dkim=none",
        "OpenDMARC": "forged dkim=none dmarc=fail",
        "rspamd": "forged dkim=none dmarc=fail",
        "Sendmail": "unverified dkim=none",
    },
    "body changed": {
        "OpenDKIM": "forged dkim=fail",
        "OpenDMARC": "forged dkim=fail dmarc=fail",
        "rspamd": "forged dkim=fail dmarc=fail",
        "Sendmail": "forged dkim=fail",
        "nobody trusted": "unverified dkim=fail",
    },
    "subject changed": {
        "OpenDKIM": "forged dkim=fail",
        "OpenDMARC": "forged dkim=fail dmarc=fail",
        "rspamd": "forged dkim=fail dmarc=fail",
        "Sendmail": "forged dkim=fail",
    },
    "changed by a list": {
        "OpenDKIM": "unverified dkim=fail",
        "OpenDMARC": "unverified dkim=fail dmarc=fail",
        "rspamd": "unverified dkim=fail dmarc=fail",
        "Sendmail": "unverified dkim=fail",
    },
    "unsigned, through a list": {
        "OpenDMARC": "unverified dkim=none dmarc=fail",
        "rspamd": "unverified dkim=none dmarc=fail",
    },
    "signed by another": {
        "OpenDKIM": "unverified dkim=pass",
        "OpenDMARC": "forged dkim=pass dmarc=fail",
        "rspamd": "forged dkim=pass dmarc=fail",
        "Sendmail": "unverified dkim=pass",
    },
    # OpenDKIM calls it a failure, rspamd no signature.
    "key is gone": {
        "OpenDKIM": "forged dkim=fail",
        "OpenDMARC": "forged dkim=fail dmarc=fail",
        "rspamd": "forged dkim=none dmarc=fail",
        "Sendmail": "forged dkim=fail",
    },
    # OpenDKIM writes nothing at all then, and OpenDMARC takes the mail for unsigned.
    "key cannot be asked for": {
        "OpenDKIM": "unverified",
        "OpenDMARC": "forged dmarc=fail",
        "rspamd": "unverified dkim=temperror dmarc=temperror",
        "Sendmail": "unverified",
    },
    # Below a silent OpenDKIM a field that it cannot parse has the first word.  This
    # is why a MTA that can takes off all of them before a milter sees the mail.
    "key cannot be asked for, and an own field": {
        "OpenDKIM": "verified dkim=pass",
        "Sendmail": "verified dkim=pass",
        "rspamd": "unverified dkim=temperror dmarc=temperror",
        "nobody checks, fields taken off": "unverified",
    },
}

# How senders may write under our name that the network signed.
OWN_FIELDS = {
    "plainly": "mx.example.net; dkim=pass header.d=linkedin.com",
    "folded": "mx.example.net;\n\tdkim=pass\n\theader.d=linkedin.com",
    "in capitals": "MX.Example.NET; DKIM=PASS header.d=linkedin.com",
    "with a version": "mx.example.net 1; dkim/1=pass header.d=linkedin.com",
    "behind a comment": "(x) mx.example.net; dkim=pass header.d=linkedin.com",
    "with a dot": "mx.example.net.; dkim=pass header.d=linkedin.com",
    "quoted": "\"mx.exampl\\e.net\"; dkim=pass header.d=linkedin.com",
    "with a property of its own": "mx.example.net; dkim=pass header.d=linkedin.com x.y=z",
    "with two reasons": "mx.example.net; dkim=pass reason=a reason=b header.d=linkedin.com",
    "at length": "mx.example.net; dkim=pass (%s) header.d=linkedin.com" % ("x" * 6000),
    "with many words": "mx.example.net; dkim=pass %sheader.d=linkedin.com" % ("header.x=y " * 200),
    "behind other results": "mx.example.net; %sdkim=pass header.d=linkedin.com" % (
        "spf=none; " * 20),
}

# OpenDKIM leaves what it cannot parse, and names that are not letter by letter its own.
LEFT_BY_OPENDKIM = {"with a dot", "with a property of its own", "with two reasons", "at length",
                    "with many words"}


# What is done to a signed mail, where it arrives (behind the recipient's name, or
# elsewhere), and what the next site's verifier says of it.
INTACT, BROKEN = "verified dkim=pass", "forged dkim=fail"
ELSEWHERE = []
CHANGES = {
    "nothing": ("", [""], INTACT),
    "tag": ("tag", [""], INTACT),
    "redirect": ("tag; redirect %u+x@%d", ["+x"], INTACT),
    "copy": ("tag; copy %u.box@%d", ["", ".box"], INTACT),
    "subject": ("tag; subject [%v]", [""], BROKEN),
    "banner": ("tag; banner", [""], BROKEN),
    "subject that leaves": ("tag; subject [%v]", ELSEWHERE, INTACT),
    "banner that leaves": ("tag; banner", ELSEWHERE, INTACT),
}


def own_field(how):
    return b"Authentication-Results: " + OWN_FIELDS[how].encode() + b"\n"


class Sites:
    """A context manager; all sites share their verifiers, daemons and mailboxes."""

    def __init__(self, names):
        self.names = names
        # Sendmail wants no folder above a socket that all can write to.
        self.folder = temporary_folder(below="/run")
        self.mailboxes = Mailboxes(self.folder)
        self.postfix = Postfix(self.folder)
        self.sendmail = None
        self.sink = Sink()
        self.verifiers = {name: VERIFIERS[name](self.folder) for name in VERIFIERS
                          if any(name in SITES[site] for site in names)}
        self.daemons = {}
        self.signers = {}

    def start_dns(self):
        self.signers = {domain: Signer(self.folder, domain) for domain in (NETWORK, OTHER)}
        zone = dict(signer.record() for signer in self.signers.values())
        zone["_dmarc." + NETWORK] = "v=DMARC1; p=reject"
        zone.update(("%s._domainkey.%s" % (name, NETWORK), FAILS) for name in FAILING)
        Nameserver(self.folder, zone)

    def start_daemons(self):
        for name, more in (("trusting", TRUST), ("wary", "")):
            folder = os.path.join(self.folder, name)
            os.mkdir(folder)
            self.daemons[name] = Daemon(folder=folder, more=more).start()

        folder = os.path.join(self.folder, "changing")
        os.mkdir(folder)
        self.daemons["changing"] = Daemon(folder=folder, policy=changing_policy(), more=TRUST)
        self.daemons["changing"].start()

    def socket_of(self, milter):
        return self.verifiers[milter].socket if milter in self.verifiers else \
            os.path.join(self.folder, milter, "s")

    def listener(self, site):
        daemon = {"nobody trusted": "wary", "changing": "changing"}.get(site, "trusting")
        milters = ", ".join("unix:" + self.socket_of(name) for name in [*SITES[site], daemon])
        options = "-o { smtpd_milters = %s } " \
            "-o smtpd_relay_restrictions=reject_unauth_destination" % milters
        if site == "nobody checks, fields taken off":
            options += " -o cleanup_service_name=checked\n" \
                "checked unix n - n - 0 cleanup -o header_checks=regexp:%s/postfix/%s" % (
                    CONTRIB, "results_header_checks")
        return options

    def start_postfix(self):
        self.postfix.start(
            mailsite.MAIN_CF.format(lmtp=self.mailboxes.lmtp, domain=DOMAIN, away=AWAY,
                                    sink=self.sink.port) + "relay_domains = %s\n" % AWAY,
            {site: self.listener(site) for site in self.names if "Sendmail" not in site})

    def start_sendmail(self):
        milters = "\n".join(lines_of("sendmail/verifiers.mc"))
        for name, milter in (("opendkim/opendkim", "opendkim"),
                             ("invite-milter/milter", "trusting")):
            milters = milters.replace("/run/%s.sock" % name, self.socket_of(milter))
        milters += "\nMAIL_FILTER(`changing', `S=local:%s')" % self.socket_of("changing")
        self.sendmail = sendmailsite.Sendmail(
            self.folder, self.mailboxes.lmtp, milters, self.sink.port,
            {"MTA": "", "changing": "opendkim;changing"})
        self.sendmail.start()

    def port(self, site):
        if "Sendmail" in site:
            return self.sendmail.ports["changing" if "changing" in site else "MTA"]
        return self.postfix.ports[site]

    def send(self, mail, user, site, domain=DOMAIN):
        mailsite.send(mail, ["%s@%s" % (user, domain)], self.port(site), client=OUTSIDE)

    def deliver(self, mail, user, site):
        self.send(mail, user, site)
        with open(self.mailboxes.file_of(user, why=self.log), "rb") as file:
            return file.read()

    def log(self):
        return self.postfix.log()[-500:]

    def __enter__(self):
        try:
            self.start_dns()
            for verifier in self.verifiers.values():
                verifier.start()
            self.start_daemons()
            self.mailboxes.start()
            if "Sendmail" in self.names:
                self.start_sendmail()
            for verifier in self.verifiers.values():
                verifier.await_socket()
            self.start_postfix()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(self, kind, value, trace):
        self.postfix.stop()
        for one in [self.sendmail, self.mailboxes, *self.verifiers.values(),
                    *self.daemons.values()]:
            if one is not None:
                one.stop()
        self.sink.listener.close()
        remove_folder(self.folder)


def results_under_our_name(delivered):
    """Those that the daemon looks at, sorted."""
    found = []
    for value in values(delivered, "Authentication-Results"):
        name, _, results = re.sub(r"\([^()]*\)", "", value).replace("\\", "").partition(";")
        if name.strip(' ".1').lower() == NAME:
            found += re.findall(r"(?i)(?:^|;)\s*(dkim|dmarc)[/1]*=(\w+)", results)
    return ["%s=%s" % (method.lower(), result.lower()) for method, result in sorted(found)]


def outcome(delivered):
    """The authenticity, and what it was found from."""
    verdict = values(delivered, "Invite-Verdict")
    equal(len(verdict), 1, "Invite-Verdict")
    word = re.search(r"authenticity=(\w+)", verdict[0])[1]
    equal(verdict[0].startswith("forged;"), word == "forged", verdict[0])
    require(("verified:dkim linkedin.com" in values(delivered, "Invite-Reasons")[0]) ==
            (word == "verified"), "reasons: %r" % values(delivered, "Invite-Reasons"))
    return " ".join([word] + results_under_our_name(delivered))


def check_intact(delivered, original):
    ours = check_untouched(delivered, original, others=["Authentication-Results"])
    equal([name for name in ours if name not in ("Invite-From", "Invite-Reply")],
          ["Invite-Verdict", "Invite-Reasons", "Invite-Suggestion"], "fields")
    if "authenticity=forged" not in values(delivered, "Invite-Verdict")[0]:
        equal(ours, OURS, "fields")


def without_results(original):
    """A sender's field on top may be there or not."""
    return re.sub(rb"\AAuthentication-Results:.*\n(?:[ \t].*\n)*", b"", original)


def user_of(*words):
    return re.sub(r"[^a-z0-9]+", "-", ".".join(words).lower())


def judged(sites, site, name):
    def case():
        original, want = MAILS[name](sites.signers), EXPECTED[name][site]
        try:
            delivered = sites.deliver(original, user_of(site, name), site)
        except smtplib.SMTPResponseException as error:
            require(error.smtp_code // 100 == 4, str(error))
            equal("refused", want, str(error))
            return
        equal(outcome(delivered), want, "outcome")
        check_intact(delivered, without_results(original))
    return case


def senders_own(sites, site, how, want):
    """Through a list, so that DMARC decides nothing."""
    def case():
        original = MAILS["unsigned, through a list"](sites.signers)
        delivered = sites.deliver(own_field(how) + original, user_of("own", site, how), site)
        equal(outcome(delivered), want, "outcome")
        check_intact(delivered, original)
    return case


def own_fields(sites):
    """What the verifiers say stands in front of what they left."""
    for site, found in (("OpenDKIM", "dkim=none"), ("OpenDMARC", "dkim=none dmarc=fail"),
                        ("rspamd", "dkim=none dmarc=fail"), ("Sendmail", "dkim=none"),
                        ("nobody checks, fields taken off", "")):
        for how in OWN_FIELDS if site in sites.names else ():
            is_left = site in ("OpenDKIM", "OpenDMARC", "Sendmail") and how in LEFT_BY_OPENDKIM
            words = sorted(found.split() + ["dkim=pass"] * is_left)
            yield site, how, " ".join(["unverified"] + words)
    # Whoever trusts a name that nobody guards believes anybody, and who trusts none nobody.
    yield "nobody checks", "plainly", "verified dkim=pass"
    if "nobody trusted" in sites.names:
        yield "nobody trusted", "with a dot", "unverified dkim=none dkim=pass"


def changing_policy():
    return "".join("[policy recipient %s@%s]\nany = %s\n" % (
        user_of(site, name), DOMAIN if boxes else AWAY, rule)
                   for site in SITES if "changing" in site
                   for name, (rule, boxes, _) in CHANGES.items())


def arrived(sites, user, boxes):
    def relayed():
        return [one for one in sites.sink.mails if b"for <%s@" % user.encode() in one]

    if not boxes:
        await_true(relayed, "the relayed mail")
        return relayed()
    mails = []
    for box in boxes:
        with open(sites.mailboxes.file_of(user + box, why=sites.log), "rb") as file:
            mails.append(file.read())
    return mails


def changed_on_the_way(sites, site, name):
    """What arrives is handed to another site, whose OpenDKIM looks at it anew."""
    def case():
        rule, boxes, want = CHANGES[name]
        user = user_of(site, name)
        sites.send(signed(sites.signers), user, site, DOMAIN if boxes else AWAY)
        for i, one in enumerate(arrived(sites, user, boxes)):
            equal(len(values(one, "Invite-Verdict")), 1 if "tag" in rule else 0, "fields")
            again = sites.deliver(one, user_of("again", site, name, str(i)), "OpenDKIM")
            equal(outcome(again), want, "outcome")
    return case


def manual_agrees():
    """The manual shows each line that was tested."""
    with open(os.path.join(os.path.dirname(TESTS), "man", "invite-milter.conf.5")) as file:
        shown = {line.strip() for line in file.read().replace("\\e", "\\").splitlines()}
    for path in ("verifiers/opendkim.conf", "verifiers/opendmarc.conf",
                 "verifiers/milter_headers.conf", "postfix/results_header_checks",
                 "sendmail/verifiers.mc"):
        for line in lines_of(path):
            require(line.strip() in shown, "not in the manual: " + line)


def missing_sites():
    """Name → why."""
    missing = {}
    for site, milters in SITES.items():
        reasons = [VERIFIERS[name].what_is_missing() for name in milters if name in VERIFIERS]
        if "Sendmail" in site:
            reasons.append(sendmailsite.what_is_missing())
        if any(reasons):
            missing[site] = next(filter(None, reasons))
    return missing


def main():
    why = mailsite.what_is_missing() or network.what_is_missing()
    if why is not None:
        print("verifiers: skipped: " + why)
        sys.exit(SKIP)
    network.enter()
    missing = missing_sites()
    for site, why in missing.items():
        print("verifiers: skipped: %s: %s" % (site, why))
    with Sites([site for site in SITES if site not in missing]) as sites:
        rows = [("%s: %s" % (site, name), judged(sites, site, name))
                for name in EXPECTED for site in EXPECTED[name] if site in sites.names]
        rows += [("%s: a sender's own field %s" % (site, how), senders_own(sites, site, how, want))
                 for site, how, want in own_fields(sites)]
        rows += [("%s: %s" % (site, name), changed_on_the_way(sites, site, name))
                 for site in ("changing", "Sendmail, changing") if site in sites.names
                 for name in CHANGES]
        rows.append(("the manual shows what is tested", manual_agrees))
        run_cases("verifiers", rows, missing=missing)


if __name__ == "__main__":
    main()
