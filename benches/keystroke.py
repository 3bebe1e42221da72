#!/usr/bin/env python3
"""How long a keystroke takes in an editor: from `textDocument/didChange` to the diagnostics of that version, through the
protocol, on one portfolio.

    cargo build --release && cargo run --release --example generate -- 1000 > portfolio.yaml
    python3 benches/keystroke.py target/release/debt portfolio.yaml [KEYSTROKES]
"""

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

program, portfolio = sys.argv[1], Path(sys.argv[2]).resolve()
keystrokes = int(sys.argv[3]) if len(sys.argv) > 3 else 200
server = subprocess.Popen([program, "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
uri = portfolio.as_uri()
text = portfolio.read_text(encoding="utf-8")


def send(message):
    body = json.dumps({"jsonrpc": "2.0", **message}).encode()
    server.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
    server.stdin.flush()


def receive():
    length = 0
    while (line := server.stdout.readline().strip()):
        name, value = line.split(b": ")
        length = int(value) if name == b"Content-Length" else length
    return server.stdout.read(length)


def diagnostics_of(version):
    """Waits for them. What is in them is read later: that is the editor's own work."""
    while True:
        body = receive()
        if b'"version":%d' % version in body and b"publishDiagnostics" in body:
            return body


def answer_to(number):
    while True:
        message = json.loads(receive())
        if message.get("id") == number:
            return message["result"]


send({"id": 1, "method": "initialize", "params": {"capabilities": {}}})
answer_to(1)
send({"method": "initialized", "params": {}})
document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
first = json.loads(diagnostics_of(1))["params"]["diagnostics"]

def processor_time():
    """Of the server so far, in milliseconds; nothing where the system does not tell."""
    try:
        fields = Path(f"/proc/{server.pid}/stat").read_text().rsplit(") ", 1)[1].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


# A comment is typed in the middle of the file, one character after the other, as when somebody goes on typing.
lines = text.split("\n")
line = next(at for at in range(len(lines) // 2, len(lines)) if "owner:" in lines[at] and "#" not in lines[at])
column = len(lines[line].encode("utf-16-le")) // 2
typed = (" # what somebody types here, and goes on typing " * (keystrokes // 40 + 1))[:keystrokes]
version, times, begun = 1, [], processor_time()
for character in typed:
    version += 1
    place = {"line": line, "character": column}
    change = {"range": {"start": place, "end": place}, "text": character}
    begin = time.perf_counter()
    send({"method": "textDocument/didChange",
          "params": {"textDocument": {"uri": uri, "version": version}, "contentChanges": [change]}})
    last = diagnostics_of(version)
    times.append((time.perf_counter() - begin) * 1000)
    column += 1

spent = (processor_time() - begun) / keystrokes
requests = {}
place = {"textDocument": {"uri": uri}, "position": {"line": line, "character": 6}}
whole = {"textDocument": {"uri": uri}, "range": {"start": {"line": 0, "character": 0}, "end": {"line": 10**6, "character": 0}}}
for number, (method, params) in enumerate([
    ("hover", place), ("definition", place), ("completion", place), ("documentSymbol", whole), ("inlayHint", whole),
    ("codeLens", whole), ("codeAction", {**whole, "range": {"start": place["position"], "end": place["position"]}, "context": {"diagnostics": []}}),
], 2):
    begin = time.perf_counter()
    send({"id": number, "method": f"textDocument/{method}", "params": params})
    answer_to(number)
    requests[method] = (time.perf_counter() - begin) * 1000
send({"id": 99, "method": "shutdown"})
answer_to(99)
send({"method": "exit"})
assert server.wait() == 0

times.sort()
print(f"{portfolio.name}: {len(text) // 1000} kB, {len(first)} diagnostics, {len(last) // 1000} kB of JSON for each keystroke")
print(f"{keystrokes} keystrokes: median {statistics.median(times):.1f} ms, "
      f"nine in ten {times[len(times) * 9 // 10]:.1f} ms, slowest {times[-1]:.1f} ms; {spent:.1f} ms of processor time each")
print("then, once each: " + ", ".join(f"{method} {took:.1f} ms" for method, took in requests.items()))
