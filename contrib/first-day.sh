#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
#
# NAME
#	first-day.sh - do what README.md says, in a clean Debian
#
# SYNOPSIS
#	sudo contrib/first-day.sh [bookworm | trixie]...
#
# DESCRIPTION
#	For each of these Debians, or both: debootstrap makes a clean one below
#	build-first-day/; there the commands of README.md, taken from it as they
#	stand, build, install, attach to a Postfix, test and remove invite-milter,
#	and contrib/try.sh is run.  What has to come of it is looked at: the test
#	mail is tagged, somebody whom bob writes to is known, bob finds what waits
#	for him without root, and at the end no file is left, and Postfix is as it
#	was.  Then Sendmail takes its place.
#
#	Postfix runs chrooted, as Debian has it, with Dovecot for logins, in a
#	network of its own.  What stands in for systemd is a script that starts
#	what the unit names.
#
#	It takes about eight minutes for each, and a mirror of Debian.  How long an
#	administrator waited for the first tagged mail, and for the first person who
#	is known, is told.
#
# EXIT STATUS
#	0 where all went as README.md says, else 1; what failed is shown.
set -euo pipefail

top=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=contrib/lib/chroot.sh
. "$top/contrib/lib/chroot.sh"

base=$top/build-first-day
log=$base/first-day.log

make_root_with_source()
{
	make_root "$1" && copy_source "$root/src" || return 1
	rm -rf "$root/src/autom4te.cache" "$root/src/configure"
}

run_try()
{
	inside <<< 'contrib/try.sh && rm -r build-try /tmp/invite-milter-mails.*'
}

# Standard input between two times, as so many seconds of those WORDS.
timed()
{
	echo 'from=$(date +%s)'
	cat
	echo "echo \"$debian: $1 after \$((\$(date +%s) - from)) s\" >> /root/times"
}

install_by_readme()
{
	{ readme_commands 'Install from source'; readme_commands 'Test it' | sed -n '/^apt-get/p'; } |
	    timed 'built and installed' | inside
}

# A login from outside: Dovecot has bob's password, and the lines for master.cf are README's.
install_submission()
{
	{
		cat <<'END'
apt-get -q -y --no-install-recommends install dovecot-core
echo bob:sesame | chpasswd
cat > /etc/dovecot/conf.d/99-postfix.conf <<'EOF'
service auth {
  unix_listener /var/spool/postfix/private/auth {
    mode = 0660
    user = postfix
  }
}
EOF
cat >> /etc/postfix/master.cf <<'EOF'
submission inet n       -       y       -       -       smtpd
    -o smtpd_tls_security_level=encrypt
    -o smtpd_sasl_auth_enable=yes
    -o smtpd_sasl_type=dovecot
    -o smtpd_sasl_path=private/auth
    -o smtpd_relay_restrictions=permit_sasl_authenticated,reject
END
		sed -n '/^    -o {/,/^$/p' "$top/README.md"
		echo EOF
	} | inside
}

learn_by_readme()
{
	cat <<'END'
sed -i 's/^#domain =.*/domain = mx.example.org/' /etc/invite-milter/invite-milter.conf
END
	readme_commands 'Upgrade'
	cat <<'END'
dovecot
swaks --server 127.0.0.1:587 --tls --auth PLAIN --auth-user bob --auth-password sesame \
    --from bob@mx.example.org --to bogdan@example.org
swaks --server 127.0.0.1 --from invitations@example.org --to bob@mx.example.org \
    --data @tests/mail/linkedin/guest-2013-default.eml
END
	await_mail '^Invite-Verdict: known; network=linkedin'
}

# What is written as "$ COMMAND" is done by bob.
triage_by_readme()
{
	cat <<'END'
cat > /tmp/triage <<'EOS'
set -ex
cd
END
	readme_commands 'No milter, no root: three minutes' | sed -n 's/^\$ //p; /^mkdir/,/^EOF/p'
	cat <<'END'
EOS
chmod 644 /tmp/triage
su - bob -c 'bash /tmp/triage'
su - bob -c 'invitectl show 2' | grep 'answered since'
rm -r ~bob/.config/invite-milter ~bob/.local/share/invite-milter
END
}

use_by_readme()
{
	{
		echo 'cp /etc/postfix/main.cf /root; postfix start'
		{
			readme_commands 'Attach to Postfix'
			readme_commands 'Test it' | sed '/^apt-get/d'
			await_mail '^Invite-Verdict: default-text; network=linkedin'
		} | timed 'attached, and the first mail tagged'
		learn_by_readme | timed 'the first person known'
		triage_by_readme
		echo 'doveadm stop'
		readme_commands 'Remove it'
		echo 'rm -r /etc/invite-milter; cmp /etc/postfix/main.cf /root/main.cf'
		echo 'postfix stop'
	} | inside_alone
}

# Postfix goes: two mail servers are too many for Debian.
install_sendmail()
{
	{
		cat <<'END'
echo '127.0.0.1 mx.example.org localhost' > /etc/hosts
apt-get -q -y --no-install-recommends install sendmail
END
		readme_commands 'Install from source' | sed -n '/^make install/,$p'
	} | inside
}

use_with_sendmail()
{
	{
		cat <<'END'
rm -rf ~bob/Maildir
# There is no DNS here.
sed -i "/^MAILER_DEFINITIONS/i FEATURE(\`accept_unresolvable_domains')dnl" /etc/mail/sendmail.mc
cat >> /etc/mail/sendmail.mc <<'EOF'
END
		readme_commands 'Attach to Sendmail'
		cat <<'END'
EOF
sed -i 's,^#socket =.*,socket = unix:/run/invite-milter/milter.sock,' \
    /etc/invite-milter/invite-milter.conf
m4 /etc/mail/sendmail.mc > /etc/mail/sendmail.cf
systemctl enable --now invite-milter
/usr/sbin/sendmail -bd
invitectl doctor
END
		readme_commands 'Test it' | sed '/^apt-get/d'
		await_mail '^Invite-Verdict: default-text; network=linkedin'
		cat <<'END'
kill $(head -n 1 /run/sendmail/mta/sendmail.pid)
END
		readme_commands 'Remove it' | sed '/attach/d'
		echo 'rm -r /etc/invite-milter'
	} | inside_alone
}

debians=("$@")
[ $# -gt 0 ] || debians=(bookworm trixie)
begin "$@"
steps=$((10 * ${#debians[@]} + 1))
mapfile -t missing < <(missing_packages debootstrap)
step "Installing debootstrap" install_packages "${missing[@]}" || exit 1
for debian in "${debians[@]}"; do
	root=$base/$debian
	step "$debian: a clean Debian" make_root_with_source "$debian" || exit 1
	step "$debian: Postfix, as an administrator has it" install_postfix || exit 1
	step "$debian: contrib/try.sh" run_try || exit 1
	step "$debian: README.md, to install" install_by_readme || exit 1
	step "$debian: Dovecot, and logins from outside" install_submission || exit 1
	step "$debian: README.md, to attach, to test, to learn, to triage and to remove" \
	    use_by_readme || exit 1
	step "$debian: nothing is left" nothing_is_left || exit 1
	step "$debian: Sendmail instead, and README.md to install" install_sendmail || exit 1
	step "$debian: README.md, to attach to it, to test and to remove" use_with_sendmail || exit 1
	step "$debian: nothing is left, again" nothing_is_left || exit 1
	cat "$root/root/times"
	umount_root
	rm -rf "$root"
done
printf 'All went as README.md says, after %d s.  Log: %s\n' "$SECONDS" "$log"
