"""How long a chat takes with Python's requests: requests_calls.py URL COUNT call|session.

Prints a line for each: wall time and the server's own total, in ms. "call" is requests.post(), which connects each time;
"session" keeps the connection.
"""
import json
import sys
import time

import requests

url, count, way = sys.argv[1], int(sys.argv[2]), sys.argv[3]
body = {
    "model": "stand-in",
    "stream": True,
    "messages": [{"role": "user", "content": "<dictation>\nhello there\n</dictation>"}],
}
session = requests.Session()
session.trust_env = False
post = session.post if way == "session" else requests.post
if way == "session":
    session.get(url + "/api/version", timeout=10)
for _ in range(count):
    start = time.perf_counter()
    with post(url + "/api/chat", json=body, stream=True, timeout=10) as answer:
        last = json.loads(list(answer.iter_lines())[-1])
    wall = (time.perf_counter() - start) * 1e3
    print(wall, last["total_duration"] / 1e6)
