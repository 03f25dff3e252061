# SPDX-License-Identifier: BSD-2-Clause
# Completes invitectl's commands and options in bash; contrib/completion/make.py wrote it.

_invitectl()
{
	local word=${COMP_WORDS[COMP_CWORD]} words=

	case $COMP_CWORD:${COMP_WORDS[1]}:${COMP_WORDS[2]} in
	1:*)
		words='backtest classify close config digest doctor evaluate explain-policy export filter learn list mark network note people purge reply scan show skeleton status train --help --version'
		;;
	2:network:*)
		words='check list try --help'
		;;
	2:people:*)
		words='add export forget import list show --help'
		;;
	*:backtest:*)
		words='--as --days --json --config --help'
		;;
	*:classify:*)
		words='--as --explain --json --config --help'
		;;
	*:close:*)
		words='--accepted --ignored --answered --reopen --owner --config --help'
		;;
	*:config:*)
		words='--as --config --help'
		;;
	*:digest:*)
		words='--all --send --owner --config --help'
		;;
	*:doctor:*)
		words='--mail --postfix --sendmail --user --config --help'
		;;
	*:evaluate:*)
		words='--part --config --help'
		;;
	*:explain-policy:*)
		words='--network --json --config --help'
		;;
	*:export:*)
		words='--vcard --owner --config --help'
		;;
	*:filter:*)
		words='--as --config --help'
		;;
	*:learn:*)
		words='--owner --strict --config --help'
		;;
	*:list:*)
		words='--network --open --all --due --verdict --since --csv --owner --json --config --help'
		;;
	*:mark:*)
		words='--owner --config --help'
		;;
	*:network:check)
		words='--config --help'
		;;
	*:network:list)
		words='--json --config --help'
		;;
	*:network:try)
		words='--json --config --help'
		;;
	*:note:*)
		words='--explain --inviter --recipient --json --config --help'
		;;
	*:people:add)
		words='--owner --name --address --profile --company --config --help'
		;;
	*:people:export)
		words='--owner --json --config --help'
		;;
	*:people:forget)
		words='--owner --everywhere --config --help'
		;;
	*:people:import)
		words='--owner --config --help'
		;;
	*:people:list)
		words='--owner --json --config --help'
		;;
	*:people:show)
		words='--owner --json --config --help'
		;;
	*:purge:*)
		words='--owner --config --help'
		;;
	*:reply:*)
		words='--edit --copy --mail --yes --open --owner --config --help'
		;;
	*:scan:*)
		words='--owner --config --help'
		;;
	*:show:*)
		words='--owner --json --config --help'
		;;
	*:skeleton:*)
		words='--config --help'
		;;
	*:status:*)
		words='--json --config --help'
		;;
	*:train:*)
		words='--undo --config --help'
		;;
	esac
	if [[ -n $words ]]; then
		mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
	fi
}
complete -o default -F _invitectl invitectl
