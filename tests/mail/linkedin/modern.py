#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Write modern-LANGUAGE-[note-]SHAPE.eml, and their rows of ../EXPECTED.tsv.

    modern.py          write the mails beside this file
    modern.py --rows   print the rows
    modern.py --table  print the table of README.md
"""

import html
import os
import quopri
import re
import sys
import urllib.parse
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
SHAPES = {
    "text": "text alone",
    "html": "HTML alone",
    "both": "text and HTML",
    "forwarded": "forwarded by a machine",
    "mailman": "through a list of Mailman, which takes From",
    "groups": "through a Google Group, which takes From",
    "exchange": "Exchange's warning on top",
    "safelinks": "links rewritten by SafeLinks",
}

# Per language: the inviter, place, the words of the frame, a greeted note for the plain
# shapes and one that greets nobody for the others, Exchange's warning.  "waiting" is
# the line on top; it was seen in English and Italian alone.
LANGUAGES = {
    "en": {
        "name": "Bassirou Ndoye", "id": "bassirou-ndoye",
        "title": "Cartographer", "company": "Salt Marsh Maps", "at": "at",
        "place": "Saint-Louis, Senegal", "count": "5 connections in common",
        "accept": "Accept", "view": "View profile",
        "waiting": "Bassirou, Cartographer at Salt Marsh Maps is waiting for your "
                   "response",
        "note": "Hi Marieke, you lent me the key of the map room in Ghent and I still "
                "have it. When may I bring it back?",
        "ungreeted": "Your talk in Ghent on tide tables reminded me of my grandfather's "
                     "logbooks. I would like to show you two of them.",
        "warning": "CAUTION: This email originated from outside of the organization. Do "
                   "not click links or open attachments unless you recognize the sender.",
    },
    "de": {
        "name": "Detlef Osterkamp", "id": "detlef-osterkamp",
        "title": "Glockengießer", "company": "Osterkamp Guss", "at": "bei",
        "place": "Emden, Niedersachsen", "count": "5 gemeinsame Kontakte",
        "accept": "Annehmen", "view": "Profil ansehen",
        "note": "Hallo Marieke, du hast mir in Gent den Schlüssel zum Kartenraum "
                "geliehen, und ich habe ihn noch immer. Wann darf ich ihn zurückbringen?",
        "ungreeted": "Ihr Vortrag über Gezeitentafeln in Gent hat mich an die Logbücher "
                     "meines Großvaters erinnert. Zwei davon würde ich Ihnen gern zeigen.",
        "warning": "ACHTUNG: Diese E-Mail kommt von außerhalb der Organisation. Klicken "
                   "Sie auf keine Links und öffnen Sie keine Anhänge, wenn Sie den "
                   "Absender nicht kennen.",
    },
    "fr": {
        "name": "Gwenaëlle Tanguy", "id": "gwenaelle-tanguy",
        "title": "Cordière", "company": "Corderie du Ponant", "at": "chez",
        "place": "Brest, Bretagne", "count": "5 relations en commun",
        "accept": "Accepter", "view": "Voir le profil",
        "note": "Bonjour Marieke, à Gand vous m'avez prêté la clé de la salle des cartes "
                "et je l'ai toujours. Quand puis-je vous la rendre ?",
        "ungreeted": "Votre exposé de Gand sur les tables de marées m'a rappelé les "
                     "journaux de bord de mon grand-père. J'aimerais vous en montrer "
                     "deux.",
        "warning": "ATTENTION : ce courriel provient de l'extérieur de l'organisation. "
                   "Ne cliquez sur aucun lien et n'ouvrez aucune pièce jointe si vous ne "
                   "connaissez pas l'expéditeur.",
    },
    "es": {
        "name": "Eulogio Sarmiento", "id": "eulogio-sarmiento",
        "title": "Apicultor", "company": "Miel del Páramo", "at": "en",
        "place": "Zamora, España", "count": "5 contactos en común",
        "accept": "Aceptar", "view": "Ver perfil",
        "note": "Hola Marieke, en Gante me prestaste la llave de la sala de mapas y "
                "todavía la tengo. ¿Cuándo puedo devolvértela?",
        "ungreeted": "Su charla en Gante sobre las tablas de mareas me recordó los "
                     "cuadernos de bitácora de mi abuelo. Me gustaría enseñarle dos.",
        "warning": "PRECAUCIÓN: este correo procede de fuera de la organización. No haga "
                   "clic en enlaces ni abra archivos adjuntos si no reconoce al "
                   "remitente.",
    },
    "it": {
        "name": "Chiaretta Zuliani", "id": "chiaretta-zuliani",
        "title": "Vetraia", "company": "Fornace Laguna", "at": "presso",
        "place": "Murano, Veneto", "count": "5 collegamenti in comune",
        "accept": "Accetta", "view": "Visualizza profilo",
        "waiting": "Chiaretta, Vetraia presso Fornace Laguna è in attesa della tua "
                   "risposta",
        "note": "Ciao Marieke, a Gand mi hai prestato la chiave della sala mappe e ce "
                "l'ho ancora. Quando posso riportartela?",
        "ungreeted": "La sua relazione di Gand sulle tavole di marea mi ha ricordato i "
                     "giornali di bordo di mio nonno. Vorrei mostrargliene due.",
        "warning": "ATTENZIONE: questa e-mail proviene dall'esterno "
                   "dell'organizzazione. Non aprire link o allegati se non si riconosce "
                   "il mittente.",
    },
    "nl": {
        "name": "Aaltje Rensink", "id": "aaltje-rensink",
        "title": "Dijkwachter", "company": "Kweldervast", "at": "bij",
        "place": "Delfzijl, Groningen", "count": "5 gemeenschappelijke connecties",
        "accept": "Accepteren", "view": "Profiel bekijken",
        "note": "Dag Marieke, je leende me in Gent de sleutel van de kaartenkamer en ik "
                "heb hem nog steeds. Wanneer mag ik hem terugbrengen?",
        "ungreeted": "Je verhaal in Gent over de getijtafels deed me denken aan de "
                     "logboeken van mijn opa. Ik wil je er graag twee laten zien.",
        "warning": "LET OP: dit bericht komt van buiten de organisatie. Klik alleen op "
                   "links als u de afzender vertrouwt.",
    },
    "pt": {
        "name": "Florbela Quintas", "id": "florbela-quintas",
        "title": "Azulejista", "company": "Oficina do Barro", "at": "na",
        "place": "Aveiro, Portugal", "count": "5 conexões em comum",
        "accept": "Aceitar", "view": "Visualizar perfil",
        "note": "Olá Marieke, em Gante emprestaste-me a chave da sala dos mapas e ainda "
                "a tenho. Quando posso devolvê-la?",
        "ungreeted": "A sua palestra em Gante sobre as tabelas de marés fez-me lembrar "
                     "os diários de bordo do meu avô. Gostava de lhe mostrar dois.",
        "warning": "CUIDADO: este e-mail veio de fora da organização. Não clique em "
                   "links nem abra anexos se não reconhecer o remetente.",
    },
}

TEMPLATE = "email_m2m_invite_single_01"
FOOTER = """----------------------------------------

This email was intended for Marieke Duivenvoorde (Systems Librarian at \
Stadsarchief Lindenhof)
Learn why we included this: https://www.linkedin.com/help/linkedin/answer/4788?lang=en
You are receiving Invitation emails.

Unsubscribe: https://www.linkedin.com/comm/psettings/email-unsubscribe?trk=eml-x
Help: https://www.linkedin.com/help/linkedin/answer/67

© 2025 LinkedIn Corporation, 1zwnj000 West Maude Avenue, Sunnyvale, CA 94085.
LinkedIn and the LinkedIn logo are registered trademarks of LinkedIn.
"""
MAILMAN = """
_______________________________________________
Tidegauge mailing list
tidegauge@lists.example.org
https://lists.example.org/mailman/listinfo/tidegauge
"""
GROUPS = """
-- 
You received this message because you are subscribed to the Google Groups "Tidegauge" \
group.
To unsubscribe from this group and stop receiving emails from it, send an email to \
tidegauge+unsubscribe@googlegroups.com.
"""


def note_of(language, shape):
    words = LANGUAGES[language]
    return words["note" if shape in ("text", "html", "both") else "ungreeted"]


class Mail:
    def __init__(self, language, shape, has_note):
        self.words = LANGUAGES[language]
        self.shape = shape
        self.note = note_of(language, shape) if has_note else None
        self.name = "modern-%s-%s%s.eml" % (language, "note-" if has_note else "", shape)
        self.token = "%06d" % (zlib.crc32(self.name.encode()) % 1000000)
        names = sorted(LANGUAGES, key=lambda code: LANGUAGES[code]["name"])
        self.others = [LANGUAGES[code] for code in names if code != language][:3]
        is_odd = int(self.token) % 2
        self.heading = "Build your network" if is_odd else "More people you may know"

    def link(self, path, place):
        url = ("https://www.linkedin.com/comm/%s?midToken=AQ%s&midSig=3k%s&trk=eml-%s-%s"
               "&eid=q%s-7m" % (path, self.token, self.token, TEMPLATE, place, self.token))
        if self.shape not in ("exchange", "safelinks"):
            return url
        return ("https://eur03.safelinks.protection.outlook.com/?url=%s"
                "&data=05%%7C01%%7C&sdata=abc&reserved=0" %
                urllib.parse.quote(url, safe="~"))

    def accept(self):
        return self.link("mynetwork/invite-accept/invitationId/7134748606006826367/"
                         "sharedKey/58J3oetj/", "null-0-accept~cta")

    def headline(self, words):
        return "%s %s %s" % (words["title"], self.words["at"], words["company"])

    def text(self):
        words, lines = self.words, []
        if self.shape == "exchange":
            lines += [words["warning"], ""]
        if "waiting" in words:
            lines += [words["waiting"], ""]
        if self.note:
            lines += [self.note, ""]
        lines += [words["name"], self.headline(words), words["place"], words["count"], "",
                  "%s: %s" % (words["accept"], self.accept()), "",
                  "%s: %s" % (words["view"],
                              self.link("in/" + words["id"], "hero-0-prof~cta")), "",
                  self.heading, ""]
        for other in self.others:
            lines += [other["name"], self.headline(other),
                      "%s: %s" % (words["view"],
                                  self.link("in/" + other["id"], "pymk-0-cta")), ""]
        end = {"mailman": MAILMAN, "groups": GROUPS}.get(self.shape, "")
        return "\n".join(lines) + "\n" + FOOTER + end

    def anchor(self, path, place, label):
        return '<a href="%s">%s</a>' % (html.escape(self.link(path, place)), label)

    def html(self):
        words, rows = self.words, []
        person = "in/" + words["id"]
        if self.shape == "exchange":
            rows.append('<div style="background:#ffeb9c;border:1px solid #9c6500;'
                        'padding:2pt">%s</div>' % html.escape(words["warning"]))
        preheader = self.note or words.get("waiting")
        if preheader:
            rows.append('<div style="overflow:hidden;visibility:hidden;height:0;'
                        'font-size:0">%s</div>' % html.escape(preheader, False))
        rows.append("<table><tr><td>%s</td><td>%s</td></tr></table>" % (
            self.anchor("feed/", "header-0-home_glimmer",
                        '<img alt="LinkedIn" src="https://static.licdn.com/l">'),
            self.anchor("in/marieke-duivenvoorde", "header-0-profile_glimmer",
                        '<img alt="Marieke Duivenvoorde" '
                        'src="https://media.licdn.com/m">')))
        rows.append("<table><tr><td>%s</td></tr>" % self.anchor(
            person, "hero-0-prof~photo",
            '<img alt="%s\'s Profile Picture" src="https://media.licdn.com/b">' %
            words["name"]))
        rows.append("<tr><td>%s</td></tr>" % self.anchor(person, "hero-3-prof~name",
                                                         words["name"]))
        rows.append("<tr><td>%s</td></tr><tr><td>%s</td></tr>" % (self.headline(words),
                                                                  words["place"]))
        rows.append('<tr><td><img alt="social proof" src="https://media.licdn.com/s">'
                    "&nbsp;%s</td></tr>" % words["count"])
        if self.note:
            rows.append("<tr><td>%s</td></tr>" % html.escape(self.note, False))
        rows.append('<tr><td><a href="%s">%s</a></td><td>%s</td></tr></table>' % (
            html.escape(self.accept()), words["accept"],
            self.anchor(person, "hero-4-prof~cta", words["view"])))
        rows.append("<table><tr><td><h2>%s</h2></td></tr>" % self.heading)
        for other in self.others:
            rows.append("<tr><td>%s</td></tr><tr><td>%s</td></tr><tr><td>%s</td></tr>" % (
                self.anchor("in/" + other["id"], "pymk-0-name", other["name"]),
                self.headline(other),
                self.anchor("in/" + other["id"], "pymk-0-cta", words["view"])))
        rows.append("</table><table><tr><td><h3>Get the new LinkedIn desktop app</h3>"
                    "<p>Also available on mobile</p></td></tr></table>")
        rows.append("<p>This email was intended for Marieke Duivenvoorde (Systems "
                    "Librarian at Stadsarchief Lindenhof)</p><p>You are receiving "
                    "Invitation emails.</p><p>© 2025 LinkedIn Corporation</p>")
        if self.shape == "groups":
            rows.append("<p></p>" + html.escape(GROUPS.strip()).replace("\n", "<br>\n"))
        return ("<html><head><title></title></head><body>%s</body></html>\n" %
                "\n".join(rows))

    def head(self):
        author = "%s via LinkedIn" % self.words["name"]
        genuine = "%s <invitations@linkedin.com>" % encoded(author)
        subject = "I want to connect"
        own = ["X-LinkedIn-Class: EMAIL-DEFAULT", "X-LinkedIn-Template: " + TEMPLATE]
        if self.shape == "mailman":
            subject = "[Tidegauge] " + subject
            sender = "%s <tidegauge@lists.example.org>" % encoded(author + " via Tidegauge")
            own = ["Sender: tidegauge-bounces@lists.example.org",
                   "List-Id: Tide gauges <tidegauge.lists.example.org>",
                   "List-Post: <mailto:tidegauge@lists.example.org>",
                   "Reply-To: " + genuine]
        elif self.shape == "groups":
            sender = "%s <tidegauge@googlegroups.com>" % encoded(
                "'%s' via Tidegauge" % author, '"')
            own = ["Sender: tidegauge@googlegroups.com", "Reply-To: " + genuine,
                   "X-Original-From: " + genuine,
                   "List-ID: <tidegauge.googlegroups.com>",
                   "Mailing-list: list tidegauge@googlegroups.com; contact "
                   "tidegauge+owners@googlegroups.com"]
        else:
            sender = genuine
        if self.shape == "forwarded":
            own = ["Resent-From: marieke@example.com", "Resent-To: marieke@example.net",
                   "X-Forwarded-To: marieke@example.net",
                   "X-Forwarded-For: marieke@example.com marieke@example.net"] + own
        return ["Return-Path: <s-2kqk1@bounce.linkedin.com>",
                "Delivered-To: marieke@example.net",
                "Date: Tue, 4 Mar 2025 06:00:00 +0000 (UTC)",
                "From: " + sender,
                "Message-ID: <%s.1089091.1741071%s@ltx1-app32602.prod.linkedin.com>" %
                (self.token, self.token),
                "Subject: " + subject,
                "To: Marieke Duivenvoorde <marieke@example.net>"] + own + [
                    "MIME-Version: 1.0"]

    def bytes(self):
        lines = self.head()
        if self.shape == "text":
            lines += part("plain", self.text())
        elif self.shape == "html":
            lines += part("html", self.html())
        else:
            lines += ['Content-Type: multipart/alternative; boundary="=_m"', "",
                      "--=_m"] + part("plain", self.text()) + ["--=_m"]
            lines += part("html", self.html()) + ["--=_m--", ""]
        return "\n".join(lines).encode()

    def row(self):
        words = self.words
        return "\t".join(["linkedin/" + self.name, "linkedin", "true", "connect", "",
                          "false", "own" if self.note else "none", "false", words["name"],
                          self.headline(words), words["company"], words["place"],
                          "https://www.linkedin.com/in/" + words["id"],
                          "Marieke Duivenvoorde", "5", self.note or ""])


def encoded(text, quote=""):
    """As a phrase: an encoded word where it is not ASCII."""
    if text.isascii():
        return quote + text + quote
    word = re.sub("[^A-Za-z0-9 ]", lambda found: "".join(
        "=%02X" % byte for byte in found.group().encode()), text)
    return "=?UTF-8?Q?%s?=" % word.replace(" ", "_")


def part(subtype, text):
    return ["Content-Type: text/%s; charset=UTF-8" % subtype,
            "Content-Transfer-Encoding: quoted-printable", "",
            quopri.encodestring(text.encode()).decode().rstrip("\n"), ""]


def print_table():
    print("| language | " + " | ".join(SHAPES) + " |")
    print("|" + " --- |" * (len(SHAPES) + 1))
    for language in LANGUAGES:
        print("| %s |" % language + " without, with |" * len(SHAPES))


def main(arguments):
    mails = [Mail(language, shape, has_note) for language in LANGUAGES
             for shape in SHAPES for has_note in (False, True)]
    for mail in sorted(mails, key=lambda mail: mail.name):
        if arguments == ["--rows"]:
            print(mail.row())
        elif not arguments:
            with open(os.path.join(HERE, mail.name), "wb") as file:
                file.write(mail.bytes())
    if arguments == ["--table"]:
        print_table()


if __name__ == "__main__":
    main(sys.argv[1:])
