"""The commands: what is typed on the command line becomes work for the rooms.

Law: imports every room, and each command only when it is called, because a chat should show its first question at once.
Exit status: 0 fine; 1 the input has errors (findings printed); 2 wrong usage or settings (one line on stderr).
"""
