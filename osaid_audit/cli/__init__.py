"""The command line: parse, call, print, exit. One file per command.

main      the door: the group of commands, and every error as one sentence with its next step
group     the default command, and what to say to a mistyped one
options   options that several commands share
models    which models were asked for: arguments, lists, standard input
outputs   format and place of what is written
gate      reports -> exit code
streams   standard output and error, progress, color, secrets
explaining  the pages of `explain`

Command modules import nothing heavy before they run, so that `--help` answers at once.
"""
