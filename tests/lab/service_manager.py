#!/usr/bin/python3
"""What a service manager hears of its services (sd_notify): service_manager.py SOCKET LOG

SOCKET is a path, or an abstract name after an @. Each message is a line of LOG, the first is "listens"."""
import socket
import sys

name, log = sys.argv[1:]
receiver = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
receiver.bind('\0' + name[1:] if name.startswith('@') else name)
with open(log, 'w', encoding='utf-8') as lines:
    print('listens', file=lines, flush=True)
    while True:
        print(receiver.recv(4096).decode(), file=lines, flush=True)
