#!/usr/bin/env python3
"""Measures llama.cpp on the work of `docket models bench`, to compare with in the same run.

    peer.py library MODEL WORKLOAD [--requantise]  by llama-cpp-python, which must be importable
    peer.py bench PROGRAM MODEL                    by a llama-bench
    peer.py server PROGRAM MODEL WORKLOAD          by a llama-server
    peer.py compare OURS PEER...                   prints the rows side by side, with ratios

WORKLOAD is a directory of workload.py. All but `compare` print rows of JSON as `docket models
bench` does, with the peer's name in `peer`. The peer is run at its best: threads as docket has
them, flash attention left to it, the prompt that all documents share computed once.
"""
import argparse
import concurrent.futures
import ctypes
import json
import os
import pathlib
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

PROMPTS = [128, 512, 2048]
SEQUENCES = [1, 4, 8, 16]
CONTEXT = 512
DECODE = 64
OUTPUT = 96
# Documents computed together.
SLOTS = [8, 16]
REPETITIONS = 3
STEP_TOKENS = 512


def note(peer, test, **figures):
    print(json.dumps({"peer": peer, "test": test, **figures}), flush=True)


def documents(workload):
    lines = (workload / "documents.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines]


def median_seconds(measure):
    """The median of several times after one that does not count."""
    measure()
    return statistics.median(measure() for _ in range(REPETITIONS))


class Library:
    """A model in llama.cpp, driven through its batches as a server in the same process would."""

    def __init__(self, path, threads, sequences):
        import llama_cpp
        self.api = api = llama_cpp
        # Kept, or the callback would be collected while it is in use.
        self.silence = api.llama_log_callback(lambda *_: None)
        api.llama_log_set(self.silence, ctypes.c_void_p(0))
        self.model = api.llama_model_load_from_file(
            str(path).encode(), api.llama_model_default_params())
        self.vocabulary = api.llama_model_get_vocab(self.model)
        self.tokens_max = api.llama_vocab_n_tokens(self.vocabulary)
        parameters = api.llama_context_default_params()
        parameters.n_ctx = max(2048, 1024 * sequences) + 256
        parameters.n_batch = 2048
        parameters.n_seq_max = sequences + 1
        parameters.n_threads = parameters.n_threads_batch = threads
        # One store of keys and values, in which a shared beginning is not copied.
        parameters.kv_unified = True
        self.context = api.llama_init_from_model(self.model, parameters)
        self.memory = api.llama_get_memory(self.context)
        self.batch = api.llama_batch_init(2048, 0, 1)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.api.llama_batch_free(self.batch)
        self.api.llama_free(self.context)
        self.api.llama_model_free(self.model)

    def clear(self):
        self.api.llama_memory_clear(self.memory, True)

    def tokenize(self, text):
        raw = text.encode()
        room = (ctypes.c_int32 * (len(raw) + 8))()
        count = self.api.llama_tokenize(
            self.vocabulary, raw, len(raw), room, len(room), False, True)
        return list(room[:count])

    def compute(self, rows):
        """One step over rows of (token, position, sequence, whether logits are wanted)."""
        batch = self.batch
        batch.n_tokens = len(rows)
        for i, (token, position, sequence, wanted) in enumerate(rows):
            batch.token[i] = token
            batch.pos[i] = position
            batch.n_seq_id[i] = 1
            batch.seq_id[i][0] = sequence
            batch.logits[i] = wanted
        if self.api.llama_decode(self.context, batch) != 0:
            raise RuntimeError("llama.cpp refused a batch")
        self.api.llama_synchronize(self.context)

    def prefill(self, tokens):
        self.clear()
        rows = [((i * 7919 + 13) % self.tokens_max, i, 0, i == tokens - 1) for i in range(tokens)]
        start = time.perf_counter()
        self.compute(rows)
        return time.perf_counter() - start

    def decode(self, sequences):
        self.clear()
        for s in range(sequences):
            self.compute([((i * 7919 + s * 31) % self.tokens_max, i, s, i == CONTEXT - 1)
                          for i in range(CONTEXT)])
        start = time.perf_counter()
        for i in range(DECODE - 1):
            self.compute([((i * 104729 + s) % self.tokens_max, CONTEXT + i, s, True)
                          for s in range(sequences)])
        return time.perf_counter() - start

    def documents(self, system, texts, slots):
        """Documents a minute with continuous batching; the shared beginning is computed once."""
        self.clear()
        head = self.tokenize(f"<|im_start|>system\n{system}<|im_end|>\n<|im_start|>user\n")
        start = time.perf_counter()
        self.compute([(t, i, slots, i == len(head) - 1) for i, t in enumerate(head)])
        waiting = [self.tokenize(f"{text}<|im_end|>\n<|im_start|>assistant\n") for text in texts]
        waiting.reverse()
        prompt_tokens = sum(len(head) + len(tokens) for tokens in waiting)
        # By slot: tokens to be computed, and the position of the first of them.
        running = {}
        while waiting or running:
            for slot in range(slots):
                if slot not in running and waiting:
                    self.api.llama_memory_seq_rm(self.memory, slot, -1, -1)
                    self.api.llama_memory_seq_cp(self.memory, slots, slot, -1, -1)
                    running[slot] = {"rest": waiting.pop(), "at": len(head), "made": 0}
            rows = []
            for slot, state in sorted(running.items(), key=lambda item: len(item[1]["rest"])):
                state["taken"] = min(len(state["rest"]), STEP_TOKENS - len(rows))
                for i in range(state["taken"]):
                    is_last = i == len(state["rest"]) - 1
                    rows.append((state["rest"][i], state["at"] + i, slot, is_last))
            self.compute(rows)
            for slot, state in list(running.items()):
                taken = state["taken"]
                state["at"] += taken
                state["rest"] = state["rest"][taken:]
                if state["rest"]:
                    continue
                # Which token comes next makes no difference to the time.
                state["made"] += 1
                state["rest"] = [(state["made"] * 31 + 1000) % self.tokens_max]
                if state["made"] == OUTPUT:
                    del running[slot]
        return time.perf_counter() - start, prompt_tokens


def requantise(path, folder):
    """The model in llama.cpp's fastest type."""
    import llama_cpp as api
    target = pathlib.Path(folder) / "requantised.gguf"
    parameters = api.llama_model_quantize_default_params()
    parameters.ftype = api.LLAMA_FTYPE_MOSTLY_Q4_0
    parameters.allow_requantize = True
    silence = api.llama_log_callback(lambda *_: None)
    api.llama_log_set(silence, ctypes.c_void_p(0))
    if api.llama_model_quantize(str(path).encode(), str(target).encode(), parameters) != 0:
        raise RuntimeError(f"llama.cpp does not requantise {path}")
    return target


def measure_library(options):
    with tempfile.TemporaryDirectory() as folder:
        name, path = "llama.cpp", options.model
        if options.requantise:
            name, path = "llama.cpp Q4_0", requantise(path, folder)
        with Library(path, options.threads, max(SEQUENCES + SLOTS)) as model:
            for tokens in PROMPTS:
                seconds = median_seconds(lambda: model.prefill(tokens))
                note(name, "prefill", tokens=tokens, sequences=1,
                     tokens_per_second=round(tokens / seconds, 1))
            for count in SEQUENCES:
                seconds = median_seconds(lambda: model.decode(count))
                note(name, "decode", tokens=DECODE, sequences=count,
                     tokens_per_second=round((DECODE - 1) * count / seconds, 1))
            if options.workload is None:
                return
            texts = documents(options.workload)
            system = (options.workload / "system.txt").read_text(encoding="utf-8")
            for slots in SLOTS:
                seconds, prompt_tokens = model.documents(system, texts, slots)
                note(name, "documents", documents=len(texts), sequences=slots,
                     documents_per_minute=round(len(texts) * 60 / seconds, 1),
                     prompt_tokens=prompt_tokens, output_tokens=OUTPUT * len(texts))


def measure_bench(options):
    words = [options.program, "-m", options.model, "-p", ",".join(map(str, PROMPTS)),
             "-n", str(DECODE), "-t", str(options.threads), "-r", str(REPETITIONS), "-o", "jsonl"]
    lines = subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True).stdout
    for line in filter(str.strip, lines.splitlines()):
        row = json.loads(line)
        is_prompt = row["n_prompt"] > 0
        note("llama-bench", "prefill" if is_prompt else "decode",
             tokens=row["n_prompt"] if is_prompt else row["n_gen"], sequences=1,
             tokens_per_second=round(row["avg_ts"], 1))


def ask(url, system, text):
    body = {"messages": [{"role": "system", "content": system}, {"role": "user", "content": text}],
            "max_tokens": OUTPUT, "ignore_eos": True, "temperature": 0, "cache_prompt": True}
    request = urllib.request.Request(
        f"{url}/v1/chat/completions", json.dumps(body).encode(),
        {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=600) as response:
        return json.load(response)["usage"]


def measure_server(options):
    texts = documents(options.workload)
    system = (options.workload / "system.txt").read_text(encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    for slots in SLOTS:
        server = subprocess.Popen(
            [options.program, "-m", options.model, "--host", "127.0.0.1", "--port", str(port),
             "-np", str(slots), "-c", str(1024 * slots), "-t", str(options.threads)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            wait_until_ready(server, url)
            ask(url, system, "warm up")
            with concurrent.futures.ThreadPoolExecutor(slots) as pool:
                start = time.perf_counter()
                usages = list(pool.map(lambda text: ask(url, system, text), texts))
                seconds = time.perf_counter() - start
            note("llama-server", "documents", documents=len(texts), sequences=slots,
                 documents_per_minute=round(len(texts) * 60 / seconds, 1),
                 prompt_tokens=sum(usage["prompt_tokens"] for usage in usages),
                 output_tokens=sum(usage["completion_tokens"] for usage in usages))
        finally:
            server.terminate()
            server.wait()


def wait_until_ready(server, url):
    for _ in range(600):
        if server.poll() is not None:
            raise RuntimeError(f"the server ended with status {server.returncode}")
        try:
            with urllib.request.urlopen(f"{url}/health", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server is not ready after a minute")


def rate(row):
    return row.get("tokens_per_second") or row.get("documents_per_minute")


def compare(options):
    rows = [[json.loads(line) for line in pathlib.Path(path).read_text().splitlines()]
            for path in [options.ours, *options.peers]]
    # The job with documents is the same however many of them a side computes together.
    jobs = sorted((row for row in rows[0] if row["test"] == "documents"), key=rate)
    for ours in [row for row in rows[0] if row["test"] != "documents"] + jobs[-1:]:
        for theirs in (row for peer in rows[1:] for row in peer):
            keys = ["test"] if ours in jobs else ["test", "tokens", "sequences"]
            if rate(ours) and all(ours.get(key) == theirs.get(key) for key in keys):
                print(json.dumps({
                    **{key: theirs[key] for key in ("test", "tokens", "sequences")
                       if key in theirs},
                    "docket": rate(ours), theirs["peer"]: rate(theirs),
                    "ratio": round(rate(ours) / rate(theirs), 2)}))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(required=True)

    def command(name, run, *operands):
        sub = commands.add_parser(name)
        for operand in operands:
            sub.add_argument(operand)
        sub.add_argument("--threads", type=int, default=os.cpu_count())
        sub.set_defaults(run=run)
        return sub

    library = command("library", measure_library, "model")
    library.add_argument("workload", nargs="?", type=pathlib.Path)
    library.add_argument("--requantise", action="store_true")
    command("bench", measure_bench, "program", "model")
    command("server", measure_server, "program", "model").add_argument(
        "workload", type=pathlib.Path)
    command("compare", compare, "ours").add_argument("peers", nargs="+")
    options = parser.parse_args()
    options.run(options)


if __name__ == "__main__":
    sys.exit(main())
