# Runs a program in a pseudo-terminal of so many columns, and copies what it writes to standard output. To each
# question, which ends with a colon and a blank, it types the next line of ANSWERS.
import fcntl
import os
import pty
import re
import struct
import sys
import termios

pid, terminal = pty.fork()
if pid == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, int(sys.argv[1]), 0, 0))
    os.execvp(sys.argv[2], sys.argv[2:])
answers = os.environ["ANSWERS"].encode().split(b"\n") if "ANSWERS" in os.environ else []
seen = b""
while True:
    try:
        data = os.read(terminal, 65536)
    except OSError:
        break
    if not data:
        break
    os.write(1, data)
    seen += data
    if answers and re.search(rb": (?:\x1b\[[0-9;]*[A-Za-z])*$", seen):
        os.write(terminal, answers.pop(0) + b"\r")
        seen = b""
os.waitpid(pid, 0)
