"""Polls beside other readers, in one run: whole processes against a server of our own.

    python benchmarks/polls.py [--feeds 200] [--rounds 5] [--latency 0] [--peers NAME,...]

Peers (``poll_peers.py``): a script as one writes it by hand (feedparser, sqlite-utils), the least
that can be done (``limit``: threads, expat, sqlite3, nothing cleaned or read), ``reader`` with 20
workers where ``READER`` names a Python that has it (or this one does), newsboat with 20 threads and
sfeed with 16 jobs and etags where they are on the path; what is missing is named and left out.
Steps: everything new (cold), every feed unchanged by its validators (304), the same bytes without
validators (same), two new entries of thirty in each feed (new). Rounds are interleaved; medians of
wall seconds are printed with their ratio to ours, and the peak of memory: all processes at once
(the sum of their own and their shared pages' part), looked at every 10 ms in a round of its own.

Invented news, of which few items tell of trade controls, as in a general feed. Bytecode is cached
(PYTHONDONTWRITEBYTECODE is taken out). A busy machine shifts seconds, hardly ratios.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import multiprocessing
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path
from xml.sax.saxutils import escape

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from benchmarks.poll_peers import Peer, environ, peers

ENTRIES = 30
FRESH = 2
HOSTS = 50
STEPS = ("cold", "304", "same", "new")
RELEVANT = 0.02  # of the items
WORDS = (
    "the of to and in for on with by from officials markets company shares quarter weather team "
    "city report growth match election museum film climate river research school hospital bridge "
    "train airport harvest music players season storm minister court police union study science"
)
HAN = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子"
)
ACTS = (
    "Commerce Department tells Nvidia that H20 licences will be granted",
    "China's MOFCOM puts gallium and germanium under export licensing",
    "BIS adds {} firms to the Entity List",
    "商务部宣布对{}种稀土物项实施出口管制",
)


# ---- feeds --------------------------------------------------------------------------------------


def sentence(rnd: random.Random, chinese: bool) -> str:
    if chinese:
        return "".join(rnd.choices(HAN, k=rnd.randint(14, 32)))
    return " ".join(rnd.choices(WORDS.split(), k=rnd.randint(8, 18))).capitalize()


def entry(feed: int, number: int) -> str:
    """One item of about two kilobytes; the same whenever it is made."""
    rnd, chinese = random.Random(f"{feed}/{number}"), feed % 5 < 2
    title = sentence(rnd, chinese)
    if rnd.random() < RELEVANT:
        title = rnd.choice(ACTS).replace("{}", str(rnd.randint(2, 60)))
    stop = "。" if chinese else ". "
    texts = [stop.join(sentence(rnd, chinese) for _ in range(4)) for _ in range(4)]
    body = "".join(f'<p><a href="https://s{feed}.example/t">{text}</a></p>' for text in texts)
    day, hour = number // 8 % 28 + 1, number % 8 * 3
    return (
        f"<item><title>{escape(title)}</title><link>https://s{feed}.example/a/{number}</link>"
        f"<guid isPermaLink='false'>s{feed}-{number}</guid>"
        f"<pubDate>{day:02} Jul 2025 {hour:02}:00:00 +0000</pubDate><category>News</category>"
        f"<description>{escape(f'<p>{sentence(rnd, chinese)}</p>')}</description>"
        f"<content:encoded><![CDATA[{body}]]></content:encoded></item>\n"
    )


def document(feed: int, version: int) -> bytes:
    """A feed, newest first; each version has two further entries and has lost two."""
    numbers = range(version * FRESH + ENTRIES - 1, version * FRESH - 1, -1)
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>Feed {feed}</title><link>https://s{feed}.example/</link><description/>"
        f"{''.join(entry(feed, number) for number in numbers)}</channel></rss>"
    ).encode()


def serve(feeds: int, control: Connection) -> None:
    """Answer from memory, on many loopback addresses; ``control`` sets version and manner."""
    bodies = [[document(feed, version) for feed in range(feeds)] for version in (0, 1)]
    tags = [[hashlib.sha1(body).hexdigest().encode() for body in row] for row in bodies]
    asyncio.run(_serve(bodies, tags, control))


async def _serve(bodies: list[list[bytes]], tags: list[list[bytes]], control: Connection) -> None:
    state = {"version": 0, "validators": 1, "latency": 0.0, "asked": 0}

    def answer(head: bytes) -> bytes:
        feed, version = int(head.split(b" ", 2)[1].rpartition(b"/")[2]), int(state["version"])
        tag = b'"' + tags[version][feed] + b'"'
        state["asked"] += 1
        mark = b"ETag: " + tag + b"\r\n" if state["validators"] else b""
        if state["validators"] and tag in head:
            return b"HTTP/1.1 304 Not Modified\r\n" + mark + b"\r\n"
        body = bodies[version][feed]
        size = b"Content-Length: %d\r\n" % len(body)
        kind = b"Content-Type: application/rss+xml\r\n"
        return b"HTTP/1.1 200 OK\r\n" + kind + size + mark + b"\r\n" + body

    async def client(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                if state["latency"]:
                    await asyncio.sleep(state["latency"])
                writer.write(answer(head))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    sockets = listeners()
    servers = [await asyncio.start_server(client, sock=sock, backlog=512) for sock in sockets]
    loop, ended = asyncio.get_running_loop(), asyncio.Event()

    def told() -> None:
        try:
            state.update(control.recv())
        except EOFError:
            ended.set()
            return
        control.send(state["asked"])
        state["asked"] = 0

    loop.add_reader(control.fileno(), told)
    control.send((sockets[0].getsockname()[1], len(servers)))
    await ended.wait()


def listeners() -> list[socket.socket]:
    """One port on 127.0.0.1, 127.0.0.2 ... as far as this system has them."""
    found = [socket.create_server(("127.0.0.1", 0))]
    port = found[0].getsockname()[1]
    for n in range(2, HOSTS + 1):
        try:
            found.append(socket.create_server((f"127.0.0.{n}", port)))
        except OSError:
            break
    return found


# ---- measuring ----------------------------------------------------------------------------------


def run(words: list[str], *, weighed: bool = False) -> float:
    """Run a program: wall seconds, or the peak of all its processes in MB."""
    begun, peak = time.perf_counter(), 0
    process = subprocess.Popen(
        words, env=environ(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    if not weighed:
        process.wait()
        return time.perf_counter() - begun
    while process.poll() is None:
        peak = max(peak, sum(size_of(pid) for pid in family(process.pid)))
        time.sleep(0.01)
    return peak / 1024


def family(pid: int) -> list[int]:
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [one for child in task.read_text().split() for one in family(int(child))]
        except OSError:
            continue
    return found


def size_of(pid: int) -> int:
    """Kilobytes of a process: its own pages and its part of those it shares."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    except OSError:
        pass
    return 0


def told(control: Connection, **state: float) -> int:
    control.send(state)
    return int(control.recv())


def measure(
    peer: Peer, control: Connection, urls: list[str], step: str, folder: Path, *, weighed: bool
) -> None:
    told(control, version=int(step == "new"), validators=int(step != "same"))
    for _ in range(peer.warm_ups if step == "304" else 0):
        run(peer.command(folder))
    told(control)
    (peer.memory if weighed else peer.wall)[step].append(run(peer.command(folder), weighed=weighed))
    asked = told(control)
    stored = peer.count(folder)
    wanted = len(urls) * (ENTRIES + FRESH * (step == "new"))
    if asked != len(urls) or stored != wanted:
        print(f"{peer.name}, {step}: {asked} requests, {stored} entries instead of {wanted}")


def report(all_peers: list[Peer], options: argparse.Namespace) -> None:
    ours = all_peers[0]
    print(f"{options.feeds} feeds, {options.rounds} rounds, {options.latency} ms added, medians")
    print(f"{'':14}" + "".join(f"{step:>9}{'ratio':>7}" for step in STEPS) + f"{'MB':>7}")
    for peer in all_peers:
        cells = ""
        for step in STEPS:
            wall = statistics.median(peer.wall[step])
            pairs = zip(ours.wall[step], peer.wall[step], strict=True)
            ratio = statistics.median(own / other for own, other in pairs)
            cells += f"{wall:>8.2f}s{ratio:>7.2f}"
        peak = max(max(values) for values in peer.memory.values())
        print(f"{peer.name:14}{cells}{peak:>7.0f}")
    print("ratio: ours to this program, median of the pairs of each round")


def main() -> None:
    parser = argparse.ArgumentParser(description="Polls beside other readers, in one run.")
    parser.add_argument("--feeds", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--latency", type=int, default=0, help="milliseconds")
    parser.add_argument("--peers", default="", help="only these, by name")
    options = parser.parse_args()
    control, theirs = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(
        target=serve, args=(options.feeds, theirs), daemon=True
    )
    server.start()
    port, hosts = control.recv()
    urls = [f"http://127.0.0.{n % hosts + 1}:{port}/feed/{n}" for n in range(options.feeds)]
    all_peers = peers([name for name in options.peers.split(",") if name])
    for turn in range(options.rounds + 1):
        for peer in all_peers:
            with tempfile.TemporaryDirectory(prefix="polls-") as place:
                folder = Path(place)
                told(control, version=0, validators=1, latency=0)
                peer.prepare(folder, urls)
                told(control, latency=options.latency / 1000)
                for step in STEPS:
                    measure(peer, control, urls, step, folder, weighed=turn == options.rounds)
    control.close()
    report(all_peers, options)


if __name__ == "__main__":
    main()
