# SPDX-License-Identifier: BSD-2-Clause
"""What ordinary mail is made of: names, subjects, sentences, footers.

All of it is invented.  "{name}", "{first}", "{host}" and "{n}" are filled in.
"""

PEOPLE = [
    "Wout Spaander", "Tjitske Brandsma", "Olufemi Danjuma", "Marisol Etxeberria",
    "Günther Möllemeier", "Łucja Wróblewska", "Åse Sørbø", "José Ñíguez", "Zoë van 't Hof",
    "Ștefan Țăran", "İpek Yıldırım", "Øyvind Grønnå", "Nguyễn Thị Hạnh", "Иван Ключников",
    "Олена Бджілка", "Γιώργος Καλυβάς", "田村 健二", "박서연", "陈思远", "سلمى البنا", "דנה לוינסון",
    "मीरा कुलकर्णी", "Jean-Luc D'Aubigny", "Mary Jo O'Shaughnessy", "K. R. Venkat", "Aoife",
    "dr. Ing. Petra Hrubá, CSc.", "Smith, John (Contractor)", "Invite Johnson",
    "Li Xing", "Link Edgar", "Ed In", "Bill Connect", "Grace Accept", "Meet Patel",
]

# People who are called as a network is.
NAMESAKES = ["Xing", "VK", "X"]

# Shops, clubs, offices; and names that speak of networks without being one.
SENDERS = [
    "Lindenhof Museum", "Depot Nord", "Stadtbücherei", "Ψαροταβέρνα Ο Γλάρος", "Bike & Co",
    "The Hill Choir", "Parish Council", "Team Lindenhof", "Customer Service", "no-reply",
    "Support", "Notifications", "Invitations", "The Inbox Weekly", "Events Desk", "HR",
    "Recruiting Team", "Connect Conference 2026", "Meet the Makers", "Join Us Society",
    "Circle of Friends", "Social Media Examiner's Club", "Network Operations Center",
    "Membership Office", "Accept Payments Ltd", "Zoom Lens Shop", "Slack Line Sports",
    "Discord Records Fans", "Outlook Care Home", "Teams & Tournaments", "Trello Bakery",
    "Xing Fu Restaurant", "Face Book Binders", "The Link Edinburgh", "Meetup of Beekeepers",
    "Calendar Girls Theatre", "Event Bright Lights", "Dropbox Couriers", "Notion of Taste",
    "Signal Box Museum", "Medium Rare Steaks", "Twitter of Birds Society", "Doodle Art Class",
    "Git Hub of London", "Insta Print", "Pinterest Fan Page", "Strava Cyclists Ghent",
    "WhatsApp Doc, the newsletter", "How to sell on LinkedIn", "Your Facebook Ads Coach",
    "Microsoft Teams Training", "Google Calendar Tips Weekly",
]

# First labels of hosts, many of them words that are near a network's name.
LABELS = [
    "mail", "news", "email", "info", "events", "calendar", "invite", "invitations", "accounts",
    "notifications", "team", "teams", "beams", "slick", "stack", "black", "slackline", "discard",
    "discards", "twister", "twitters", "meet-up", "zooms", "boom", "facebinder",
    "linked-in-time", "link-edin", "outlooks", "lookout", "motion", "nation", "trellis", "noodle",
    "poodle", "evita", "elite", "canvas", "academy", "academic", "signals", "mediums", "tumbler",
    "flicker", "fiber", "thread", "treads", "never", "line", "lines", "gitlab", "drop-box",
    "goggle", "goggles", "strata", "strada", "kontakte", "aurora", "figura", "sigma", "evite",
    "insta-gram", "xingu", "king", "sing", "telegraph", "telegrams", "vibes", "luma", "lumas",
    "puma", "mirror",
    "good-reads", "orcid", "classroom", "chat", "hangout", "groups", "bumble", "jagged", "tagger",
    "ning", "switch", "video", "patron", "flick", "slacks", "mastodonte", "matrix",
    "element",
]
# Those that name a network: what speaks its very words from there is no ordinary mail.
FANS = [
    "meetups", "linkedin-tips", "facebook-fans", "github-fans", "github-pages", "meetup-bees",
    "discord-records", "dropbox-couriers", "calendly-fans", "patreons-of-art", "zoom-lens",
]
DOMAINS = ["example.org", "example.com", "example.net", "shop.example", "mail.test"]

# Hosts where everybody can have an address.
FREEMAIL = [
    "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "msn.com",
    "hotmail.fr", "outlook.de", "yahoo.com", "yahoo.co.jp", "ymail.com", "icloud.com", "me.com",
    "mac.com", "aol.com", "gmx.de", "gmx.net", "web.de", "t-online.de", "freenet.de", "mail.ru",
    "yandex.ru", "bk.ru", "qq.com", "163.com", "126.com", "naver.com", "daum.net", "libero.it",
    "orange.fr", "free.fr", "laposte.net", "wanadoo.fr", "seznam.cz", "wp.pl", "o2.pl",
    "interia.pl", "rediffmail.com", "protonmail.com", "proton.me", "fastmail.com", "zoho.com",
    "uol.com.br", "terra.com.br", "ziggo.nl", "xs4all.nl", "bluewin.ch", "telenet.be",
]

# Words of invitations in ordinary use.  A list a language: subjects.
SUBJECTS = {
    "en": ["Invitation to my birthday", "You're invited!", "You are invited to our opening",
           "Invitation", "Join us on Friday", "Join the call", "{name} invited you to dinner",
           "Invitation to connect the old amplifier", "Please accept my apologies",
           "Accept: change request {n}", "Connect the pump", "I'd like to join the choir",
           "Invitation: budget meeting", "Updated invitation: budget meeting",
           "Please add me to your list", "Let's connect next week", "Reminder: your invitation",
           "You have a new message", "You have 1 new voicemail", "{name} wants to meet you",
           "{name} sent you a file", "{name} shared photos with you", "{name} has joined",
           "{name} is waiting for you", "{name} is following up", "Follow-up: call with {name}",
           "{name} would like your opinion", "New friend request? It was a fraud",
           "Endorsement of candidates", "Recommendation letter", "Call for papers",
           "Your event tomorrow", "Webinar: register now", "Team, please join", "Welcome!",
           "Access request for room {n}", "Request to join the waiting list", "RSVP",
           "Confirm your subscription", "Confirm your email address", "Action required",
           "Your connection was reset", "Connection request from the power company",
           "Group photo", "Follow me to the new address", "Add me to the rota, please",
           "Save the date: {name} and I marry", "Invitation to tender {n}", "Meeting declined"],
    "de": ["Einladung zum Geburtstag", "Du bist eingeladen", "Sie sind eingeladen",
           "Einladung", "Einladung zur Mitgliederversammlung", "{name} lädt Sie ein",
           "{name} hat dich eingeladen", "Kontaktanfrage über Ihre Webseite", "Kontaktanfrage",
           "Neue Kontaktanfrage", "Bitte bestätigen", "Zusage", "Vernetzungstreffen am Freitag",
           "Mitmachen!", "Anfrage von {name}", "{name} möchte Sie sprechen", "Beitritt zum Verein",
           "Erinnerung: Einladung zum Sommerfest", "Termin angenommen", "Freundschaftsspiel"],
    "fr": ["Invitation au vernissage", "Vous êtes invité", "Rejoignez-nous samedi",
           "{name} vous invite", "Invitation à une réunion", "Demande de contact",
           "{name} souhaite vous rencontrer", "Accepter les conditions", "Mise en relation",
           "Rappel : votre invitation", "Nouvelle demande", "Faire-part"],
    "es": ["Invitación a la boda", "Estás invitado", "Únete a nosotros", "{name} te invita",
           "Solicitud de contacto", "Conectar la bomba", "Aceptar el presupuesto",
           "Recordatorio de tu invitación", "{name} quiere hablar contigo"],
    "it": ["Invito alla festa", "Sei invitato", "Unisciti a noi", "{name} ti ha invitato",
           "Richiesta di contatto", "Accetta il preventivo", "Promemoria: invito"],
    "pt": ["Convite para o casamento", "Você está convidado", "Junte-se a nós", "Convite",
           "{name} convidou você", "Pedido de contato", "Aceitar proposta"],
    "nl": ["Uitnodiging verjaardag", "Je bent uitgenodigd", "Doe mee", "{name} nodigt je uit",
           "Uitnodiging", "Contactverzoek via de website", "Verbinding hersteld"],
    "sv": ["Inbjudan till kräftskiva", "Du är inbjuden", "{name} har bjudit in dig"],
    "da": ["Invitation til havefest", "Du er inviteret", "{name} har inviteret dig"],
    "no": ["Invitasjon til dugnad", "Du er invitert", "{name} har invitert deg"],
    "fi": ["Kutsu mökille", "Sinut on kutsuttu", "{name} kutsui sinut"],
    "pl": ["Zaproszenie na ślub", "Zapraszamy!", "{name} zaprasza Cię", "Dołącz do nas"],
    "cs": ["Pozvánka na zahájení", "Jste zváni", "{name} vás zve", "Připojte se"],
    "hu": ["Meghívó a megnyitóra", "Meghívjuk", "{name} meghívta Önt"],
    "ro": ["Invitație la vernisaj", "Sunteți invitat", "{name} te-a invitat"],
    "tr": ["Düğün davetiyesi", "Davetlisiniz", "{name} sizi davet etti", "Bize katılın"],
    "el": ["Πρόσκληση σε γεύμα", "Είστε προσκεκλημένοι", "Ο {name} σας προσκαλεί"],
    "ru": ["Приглашение на юбилей", "Вы приглашены", "{name} приглашает вас", "Присоединяйтесь"],
    "uk": ["Запрошення на відкриття", "Вас запрошено", "{name} запрошує вас"],
    "he": ["הזמנה ליום הולדת", "הוזמנת לאירוע", "הצטרפו אלינו"],
    "ar": ["دعوة إلى حفل", "أنت مدعو", "انضم إلينا"],
    "hi": ["शादी का निमंत्रण", "आप आमंत्रित हैं"],
    "ja": ["忘年会のご招待", "招待状", "{name}さんがあなたを招待しました", "ご参加ください"],
    "ko": ["결혼식 초대", "초대합니다", "{name}님이 초대했습니다"],
    "zh": ["婚礼邀请", "邀请函", "{name}邀请您参加", "加入我们", "誠摯邀請"],
    "id": ["Undangan pernikahan", "Anda diundang", "{name} mengundang Anda"],
}

SENTENCES = {
    "en": ["the key is under the third flower pot.", "I accept your offer, with thanks.",
           "We invite you to the opening on the 7th.", "Join us afterwards for a drink.",
           "Please connect the red wire first.", "I would like to join your group on Sunday.",
           "Will you accept the parcel for me?", "We met at the fair in Ghent, you may remember.",
           "View the profile of the dam below.", "Click accept in the dialog, then restart.",
           "Your request was accepted by the committee.", "Reply to this mail to confirm.",
           "He wants to add you to the rota.",
           "You have {n} connections in common, said the electrician.",
           "Ignore the last mail.", "I'd like to add you to my professional network, as they say.",
           "Does anybody else get these invitations all the time?", "Unsubscribe below.",
           "My network is down again.", "Follow the path to the mill."],
    "de": ["der Schlüssel liegt unter dem Blumentopf.", "Wir laden Sie herzlich ein.",
           "Bitte nehmen Sie das Angebot an.", "Ich möchte dem Verein beitreten.",
           "Profil ansehen: siehe Anlage.", "Kontakte bitte reinigen."],
    "fr": ["la clé est sous le pot de fleurs.", "Nous vous invitons à l'ouverture.",
           "Merci d'accepter ce colis.", "Je souhaite rejoindre votre groupe."],
    "es": ["la llave está debajo de la maceta.", "Le invitamos a la inauguración.",
           "Acepto la oferta.", "Quiero conectar la lámpara."],
    "it": ["la chiave è sotto il vaso.", "Vi invitiamo all'inaugurazione.", "Accetto."],
    "pt": ["a chave está debaixo do vaso.", "Convidamos para a abertura.", "Aceito."],
    "nl": ["de sleutel ligt onder de bloempot.", "Wij nodigen u uit voor de opening."],
    "pl": ["klucz jest pod doniczką.", "Zapraszamy na otwarcie."],
    "ru": ["ключ под цветочным горшком.", "Приглашаем вас на открытие.", "Принять к сведению."],
    "ja": ["鍵は植木鉢の下です。", "ご招待いたします。", "承認してください。"],
    "zh": ["钥匙在花盆下面。", "诚邀您参加开幕式。", "请接受。"],
    "ar": ["المفتاح تحت أصيص الزهور.", "ندعوكم إلى الافتتاح."],
    "he": ["המפתח מתחת לעציץ.", "אתם מוזמנים לפתיחה."],
    "ko": ["열쇠는 화분 밑에 있어요.", "개막식에 초대합니다."],
    "tr": ["anahtar saksının altında.", "Açılışa davetlisiniz."],
    "uk": ["ключ під квітковим горщиком.", "Запрошуємо на відкриття."],
}

GREETINGS = ["Hi {first},", "Dear {name},", "Hallo {first},", "Liebe {first},", "Bonjour {first},",
             "Hola {first},", "Ciao {first},", "Beste {first},", "{first},", "", "Guten Tag,",
             "Здравствуйте!", "{first}さん", "To whom it may concern"]
CLOSINGS = ["{first}", "Best,\n{first}", "- {first}", "Viele Grüße\n{name}",
            "Cordialement,\n{name}", "Saludos\n{first}", "Groetjes, {first}", "-- \n{name}",
            "С уважением,\n{name}", "",
            "Kind regards,\n\n{name}\nKeeper at Depot Nord\nGhent, Belgium"]

# How people quote and forward.
ANSWERS = ["On {date}, {name} wrote:", "On {date}, {name} <{address}> wrote:",
           "{name} wrote:", "Am {date} schrieb {name}:", "Le {date}, {name} a écrit :",
           "El {date}, {name} escribió:", "Il {date} {name} ha scritto:",
           "Op {date} schreef {name}:",
           "Em {date}, {name} escreveu:", "{date} {name} пишет:", "{name} さんは書きました:",
           "在 {date}，{name} 写道："]
FORWARDS = [
    ("---------- Forwarded message ---------", "From", "Date", "Subject", "To"),
    ("-----Original Message-----", "From", "Sent", "Subject", "To"),
    ("Begin forwarded message:", "From", "Date", "Subject", "To"),
    ("-------- Original-Nachricht --------", "Von", "Datum", "Betreff", "An"),
    ("-----Ursprüngliche Nachricht-----", "Von", "Gesendet", "Betreff", "An"),
    ("-------- Message transféré --------", "De", "Date", "Sujet", "Pour"),
    ("-----Mensaje original-----", "De", "Enviado el", "Asunto", "Para"),
    ("-------- Messaggio originale --------", "Da", "Data", "Oggetto", "A"),
    ("-----Oorspronkelijk bericht-----", "Van", "Verzonden", "Onderwerp", "Aan"),
    ("-----Исходное сообщение-----", "От", "Дата", "Тема", "Кому"),
]
REPLY_MARKS = ["Re: ", "RE: ", "re: ", "Re[2]: ", "RE : ", "AW: ", "Aw: ", "Antw: ", "Antwort: ",
               "SV: ", "VS: ", "Odp: ", "YNT: ", "Ha: ", "Rif: ", "R: ", "RES: ", "RV: ", "答复: ",
               "回复：", "Re: Re: ", "Re: [choir] ", "[choir] Re: "]
FORWARD_MARKS = ["Fwd: ", "FW: ", "Fw: ", "WG: ", "TR: ", "I: ", "RV: ", "ENC: ", "Doorst: ",
                 "VB: ", "VL: ", "PD: ", "転送: ", "转发: ", "Fwd: Fwd: "]
QUESTIONS = ['What does "%s" mean?', "%s - is this spam?", "Spam: %s",
             'Got "%s" again', "Delivery failure: %s", "Automatic reply: %s", "Out of office: %s",
             "Abwesenheitsnotiz: %s", "[bug {n}] Mails titled %s are not filtered",
             "Undeliverable: %s", "From {first}'s blog: %s", "[choir] Digest: %s",
             "Ticket #{n}: %s",
             "Read: %s", "Gelesen: %s"]

# What stands below newsletters and signatures about networks.
SOCIAL_LINES = [
    "Follow us on {networks}", "Find us on {networks}", "Connect with us: {networks}",
    "Folgen Sie uns auf {networks}", "Suivez-nous sur {networks}", "Síguenos en {networks}",
    "Seguici su {networks}", "Volg ons op {networks}", "Join our group on {networks}",
    "Siga-nos no {networks}", "Let's connect on {networks}", "Join the conversation: {networks}",
    "Like us on {networks}", "Add me on {networks}", "Share this on {networks}", "{networks}",
    "As seen on {networks}", "Join us on {networks}", "Message me on {networks}",
    "{networks} are trademarks of their owners.", "We are no longer on {networks}.",
]
SOCIAL = [
    ("LinkedIn", "https://www.linkedin.com/company/lindenhof-museum"),
    ("LinkedIn", "https://www.linkedin.com/in/wout-spaander"),
    ("LinkedIn", "https://www.linkedin.com/groups/1234567"),
    ("Facebook", "https://www.facebook.com/lindenhof.museum"),
    ("Facebook", "https://www.facebook.com/groups/lindenhof"),
    ("Facebook", "https://www.facebook.com/events/123456789012345"),
    ("Facebook", "https://m.facebook.com/sharer.php?u=https%3A%2F%2Fexample.org%2F"),
    ("Twitter", "https://twitter.com/lindenhofmuseum"),
    ("Twitter", "https://twitter.com/intent/tweet?text=hello"),
    ("X", "https://x.com/lindenhofmuseum"), ("X (formerly Twitter)", "https://x.com/lindenhof"),
    ("Instagram", "https://www.instagram.com/lindenhof_museum/"),
    ("YouTube", "https://www.youtube.com/channel/UC-lindenhof"),
    ("Pinterest", "https://www.pinterest.com/lindenhof/"),
    ("TikTok", "https://www.tiktok.com/@lindenhof"),
    ("XING", "https://www.xing.com/profile/Wout_Spaander"),
    ("XING", "https://www.xing.com/companies/lindenhof"),
    ("Google Calendar", "https://calendar.google.com/calendar/render?action=TEMPLATE&text=Opening"),
    ("Google Meet", "https://meet.google.com/abc-defg-hij"),
    ("Zoom", "https://us02web.zoom.us/j/12345678901?pwd=abc"),
    ("Zoom", "https://zoom.us/webinar/register/WN_abcdefg"),
    ("Microsoft Teams", "https://teams.microsoft.com/l/meetup-join/19%3ameeting_abc%40thread.v2/0"),
    ("Teams", "https://teams.live.com/meet/9312345678901"),
    ("Webex", "https://example.webex.com/meet/lindenhof"),
    ("Slack", "https://join.slack.com/t/lindenhof/shared_invite/zt-abcdefgh"),
    ("Slack", "https://lindenhof.slack.com/archives/C123"),
    ("Discord", "https://discord.gg/lindenhof"),
    ("Discord", "https://discord.com/invite/lindenhof"),
    ("GitHub", "https://github.com/lindenhof/scanner/pull/41"),
    ("GitHub", "https://github.com/sponsors/lindenhof"),
    ("GitLab", "https://gitlab.com/lindenhof/scanner/-/merge_requests/7"),
    ("Meetup", "https://www.meetup.com/lindenhof-bees/events/123456/"),
    ("Eventbrite", "https://www.eventbrite.com/e/opening-tickets-123456789"),
    ("Doodle", "https://doodle.com/poll/abcdefgh"), ("Calendly", "https://calendly.com/wout/30min"),
    ("Dropbox", "https://www.dropbox.com/s/abcdefgh/plan.pdf?dl=0"),
    ("Google Docs", "https://docs.google.com/document/d/1abc/edit?usp=sharing"),
    ("Google Drive", "https://drive.google.com/file/d/1abc/view?usp=sharing"),
    ("Google Groups", "https://groups.google.com/d/optout"),
    ("Trello", "https://trello.com/b/abcdefgh/kitchen"),
    ("Notion", "https://www.notion.so/lindenhof/abc"),
    ("Figma", "https://www.figma.com/file/abc/plan"), ("Miro", "https://miro.com/app/board/abc/"),
    ("Asana", "https://app.asana.com/0/123/456"),
    ("Jira", "https://lindenhof.atlassian.net/browse/X-1"),
    ("WhatsApp", "https://chat.whatsapp.com/ABCDEFGH"), ("WhatsApp", "https://wa.me/320000000"),
    ("Telegram", "https://t.me/joinchat/ABCDEFGH"), ("Telegram", "https://t.me/lindenhof"),
    ("Signal", "https://signal.group/#ABCDEFGH"), ("Skype", "https://join.skype.com/abcdefgh"),
    ("Reddit", "https://www.reddit.com/r/lindenhof"),
    ("Quora", "https://www.quora.com/profile/W-S"), ("Medium", "https://medium.com/@lindenhof"),
    ("Strava", "https://www.strava.com/clubs/lindenhof"),
    ("Goodreads", "https://www.goodreads.com/user/show/123"),
    ("Patreon", "https://www.patreon.com/l"),
    ("ResearchGate", "https://www.researchgate.net/profile/Wout-Spaander"),
    ("Academia.edu", "https://independent.academia.edu/WoutSpaander"),
    ("Nextdoor", "https://nextdoor.com/news_feed/?post=1"), ("VK", "https://vk.com/lindenhof"),
    ("Mastodon", "https://mastodon.social/@lindenhof"), ("Threads", "https://www.threads.net/@l"),
    ("Snapchat", "https://www.snapchat.com/add/lindenhof"),
    ("Viadeo", "https://www.viadeo.com/p/w"),
    ("Bluesky", "https://bsky.app/profile/lindenhof.example"),
    ("Evite", "https://www.evite.com/event/abc"), ("Luma", "https://lu.ma/abcdefgh"),
    ("Partiful", "https://partiful.com/e/abcdefgh"),
    ("Orkut", "http://www.orkut.com/Profile.aspx?uid=1"), ("MySpace", "http://www.myspace.com/l"),
    ("Flickr", "https://www.flickr.com/photos/lindenhof/"),
    ("Canva", "https://www.canva.com/design/abc"),
]

# Labels of links that lead to the sender's own site.
BUTTONS = [
    "Accept", "Accept cookies", "Accept invitation", "Accept the offer", "Join", "Join now",
    "Join us", "Join meeting", "Join the call", "Connect", "Connect now", "Confirm",
    "Confirm your address", "View invitation", "View the invitation", "See invitation", "RSVP",
    "Yes", "No", "Maybe", "Reply", "View profile", "View message", "View in browser", "Register",
    "Unsubscribe", "Respond", "Going", "Follow", "Get started", "Sign up", "Open", "Learn more",
    "Zusagen", "Annehmen", "Akzeptieren", "Einladung annehmen", "Einladung ansehen", "Teilnehmen",
    "Profil ansehen", "Accepter", "Accepter l'invitation", "Voir l'invitation", "Rejoindre",
    "Aceptar", "Aceptar invitación", "Ver invitación", "Unirse", "Conectar", "Accetta",
    "Accetta l'invito", "Partecipa", "Aceitar", "Aceitar convite", "Participar", "Accepteren",
    "Uitnodiging accepteren", "Deelnemen", "Zaakceptuj", "Dołącz", "Přijmout", "Принять",
    "Присоединиться", "参加する", "承認", "接受", "加入", "수락", "Kabul et", "Terima", "قبول",
]

LIST_FOOTERS = [
    "_______________________________________________\nChoir mailing list\nChoir@{host}\n"
    "https://{host}/mailman/listinfo/choir",
    "-- \nYou received this message because you are subscribed to the Google Groups "
    "\"Choir\" group.\n"
    "To unsubscribe from this group and stop receiving emails from it, send an email to "
    "choir+unsubscribe@googlegroups.com.\nTo view this discussion visit "
    "https://groups.google.com/d/msgid/choir/abc%40{host}.",
    "To unsubscribe, e-mail: choir-unsubscribe@{host}\n"
    "For additional commands, e-mail: choir-help@{host}",
    "Yahoo! Groups Links\n\n<*> To visit your group on the web, go to:\n"
    "    http://groups.yahoo.com/group/choir/",
    "---\nDiese E-Mail wurde von Avast Antivirus auf Viren geprüft.\nwww.avast.com",
    "This message is confidential. If you are not the intended recipient, please ignore it.",
    "Sent from my iPhone", "Get Outlook for iOS<https://aka.ms/o0ukef>",
    "________________________________\n"
    "Do You Yahoo!? Join Yahoo! Messenger http://messenger.yahoo.com",
    "MSN Messenger: invite your friends! http://messenger.msn.com/",
    "Join the world's largest e-mail service with MSN Hotmail. http://www.hotmail.com",
    "Gesendet mit der GMX Mail App", "You don't often get email from {address}. Learn why this is "
    "important<https://aka.ms/LearnAboutSenderIdentification>",
]

# What networks mail besides invitations: subject, line, label of the link.
NETWORK_MAIL = [
    ("Your receipt from {title}", "You paid 4.99 for {title}.", "View receipt"),
    ("Reset your password", "Somebody asked for a new password for {title}.", "Reset password"),
    ("New sign-in to your account", "A new sign-in was seen from Ghent.", "Secure account"),
    ("Your {title} verification code is {n}", "The code is {n}.", "Help"),
    ("Updates to our terms", "The terms of {title} change on May 1.", "Read the terms"),
    ("What happened at {title} this week", "See what you missed.", "See more"),
    ("{name} commented on your post", "{name}: nice picture!", "View comment"),
    ("{name} mentioned you", "{name} mentioned you in a comment.", "See it"),
    ("{name} liked your photo", "{name} liked your photo.", "View photo"),
    ("Your weekly digest", "{n} updates from people you follow.", "Read"),
    ("Confirm your email address", "Confirm that this is your address.", "Confirm your email"),
    ("Welcome to {title}", "Here is how to begin.", "Get started"),
    ("Your subscription ends soon", "Renew it before May 1.", "Renew"),
    ("Your export is ready", "Download your data within a week.", "Download"),
    ("A new version of our app", "Try what is new in {title}.", "Update"),
    ("Survey: how was {title} for you?", "It takes two minutes.", "Start"),
    ("Suspicious sign-in prevented", "We blocked somebody who knew your password.", "Review"),
    ("Re: [lindenhof/scanner] Crash on page 3 (#41)", "Same here, on page 4.",
     "view it on the web"),
    ("[lindenhof/scanner] Run failed: build - main", "The build failed.", "View workflow run"),
    ("Invoice {n}", "Your invoice is attached.", "Billing"),
    ("Your recording is available", "The cloud recording is ready.", "Watch"),
    ("Storage is almost full", "You use 95% of your storage.", "Upgrade"),
    ("Ihr Konto wurde aktualisiert", "Ihre Einstellungen wurden geändert.", "Einstellungen"),
    ("Votre facture", "Votre facture est disponible.", "Voir la facture"),
    ("Tu resumen semanal", "Esto es lo que te perdiste.", "Ver más"),
]
NETWORK_LOCALS = ["no-reply", "noreply", "info", "security", "billing", "news", "support", "hello",
                  "team", "updates", "feedback", "notification", "notifications", "account",
                  "privacy", "welcome", "digest"]

FORGE_MAIL = [
    ("[{word}] {subject} (#{n})", "forge", "Reply to this email directly or view it:"),
    ("Re: [{word}] {subject} (!{n})", "forge",
     "{name} commented:\n\nReply to this email directly."),
    ("[JIRA] (X-{n}) {subject}", "jira", "{name} commented on X-{n}:\n\nView this issue:"),
    ("[Bug {n}] {subject}", "bugzilla", "{name} changed:\n\n           What    |Removed    |Added\n"
     "             CC|           |{address}\n\nYou are receiving this mail because:"),
    ("[Ticket #{n}] {subject}", "rt", "A ticket was assigned to you."),
    ("Change in {word}[master]: {subject}", "gerrit",
     "{name} has uploaded this change for review."),
    ("[PATCH v2 {n}/12] {subject}", "list", "Signed-off-by: {name} <{address}>\n---\n a.c | 2 +-"),
    ("{name} added you as a reviewer", "forge", "{name} requested your review on {subject}."),
    ("{name} assigned you to {subject}", "forge", "You have been assigned."),
    ("[{word}] {name} joined the project", "forge", "{name} joined."),
    ("Cron <root@depot> run-parts /etc/cron.daily", "root", "/etc/cron.daily/invite:\nconnect: ok"),
]
