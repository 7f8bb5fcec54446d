#!/usr/bin/env python3
"""Asks llama.cpp what quality.py asks docket; run by it, with a python that has llama-cpp-python.

    quality_peer.py MODEL [--generate] <WORK

WORK is JSON: `prompt` with `user` and perhaps `system`, `rows` with `id` and `body`, `labels`.
Prints a row of JSON for each text: `text`, or `labels` from the most probable one on. Labels are
scored as continuations of the prompt, with the end of the reply; `--generate` takes what is
generated instead, which has to be one of them.
"""
import argparse
import ctypes
import json
import pathlib
import re
import sys

import llama_cpp
import numpy
from llama_cpp.llama_chat_format import Jinja2ChatFormatter

from peer import Library

THREADS = 2
# Labels computed together.
PATHS = 16
SUMMARY_TOKENS = 160
LABEL_TOKENS = 24
CONTEXT = 4096
# For a model whose file has no template; there is no system message in this family.
GEMMA = ("{{ bos_token }}{% for message in messages %}<start_of_turn>user\n"
         "{{ message['content'] }}<end_of_turn>\n{% endfor %}<start_of_turn>model\n")


class Conversation:
    """How prompts look to a model, by the template in its file."""

    def __init__(self, model, prompt, labels):
        template = model.metadata.get("tokenizer.chat_template")
        self.has_system = template is not None
        self.end = "<|im_end|>" if self.has_system else "<end_of_turn>"
        bos = "" if self.has_system else "<bos>"
        self.formatter = Jinja2ChatFormatter(
            template=template or GEMMA, eos_token=self.end, bos_token=bos)
        self.prompt, self.labels = prompt, labels

    def render(self, body):
        values = {"body": body, "labels": ", ".join(self.labels)}

        def fill(text):
            return re.sub(r"\{\{(\w+)\}\}", lambda name: values.get(name[1], ""), text)
        user, system = fill(self.prompt["user"]), self.prompt.get("system")
        if system and not self.has_system:
            user, system = f"{fill(system)}\n\n{user}", None
        messages = [{"role": "user", "content": user}]
        if system:
            messages.insert(0, {"role": "system", "content": fill(system)})
        return self.formatter(messages=messages).prompt


def generate(model, text, tokens_max):
    tokens = model.tokenize(text.encode(), add_bos=False, special=True)
    # What does not fit is cut where the template would go on; so long texts lose their end.
    reply = model.create_completion(
        tokens[:CONTEXT - tokens_max], max_tokens=tokens_max, temperature=0.0, repeat_penalty=1.0)
    return reply["choices"][0]["text"].strip()


def same(text):
    return re.sub(r"[\W_]+", " ", text).strip().lower()


def score(library, ids, labels):
    """The log probability of each of `labels` behind the tokens `ids`."""
    library.clear()
    step = 512
    for start in range(0, len(ids), step):
        part = ids[start:start + step]
        library.compute([(token, start + i, PATHS, start + i == len(ids) - 1)
                         for i, token in enumerate(part)])
    first = next(log_softmax(library, [(len(ids) - 1) % step]))
    sums = [first[label[0]] for label in labels]
    for start in range(0, len(labels), PATHS):
        rows, wanted = [], []
        for path, label in enumerate(labels[start:start + PATHS]):
            library.api.llama_memory_seq_rm(library.memory, path, -1, -1)
            library.api.llama_memory_seq_cp(library.memory, PATHS, path, -1, -1)
            for offset, token in enumerate(label[:-1]):
                wanted.append((start + path, label[offset + 1]))
                rows.append((token, len(ids) + offset, path, True))
        library.compute(rows)
        logs = log_softmax(library, range(len(rows)))
        for (label, token), row in zip(wanted, logs):
            sums[label] += row[token]
    return sums


def log_softmax(library, rows):
    for row in rows:
        logits = numpy.ctypeslib.as_array(
            library.api.llama_get_logits_ith(library.context, row), (library.tokens_max,))
        greatest = logits.max()
        yield logits - (greatest + numpy.log(numpy.exp(logits - greatest).sum()))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", type=pathlib.Path)
    parser.add_argument("--generate", action="store_true")
    options = parser.parse_args()
    work = json.load(sys.stdin)
    labels = work["labels"]
    is_scored = bool(labels) and not options.generate
    model = llama_cpp.Llama(str(options.model), n_ctx=CONTEXT, n_threads=THREADS,
                            vocab_only=is_scored, verbose=False)
    conversation = Conversation(model, work["prompt"], labels)
    if is_scored:
        with Library(options.model, THREADS, PATHS) as library:
            paths = [library.tokenize(label + conversation.end) for label in labels]
            for row in work["rows"]:
                sums = score(library, library.tokenize(conversation.render(row["body"])), paths)
                order = sorted(range(len(labels)), key=lambda i: -sums[i])
                note(row, labels=[labels[i] for i in order])
        return
    for row in work["rows"]:
        text = generate(model, conversation.render(row["body"]),
                        LABEL_TOKENS if labels else SUMMARY_TOKENS)
        if labels:
            note(row, labels=[label for label in labels if same(label) == same(text)])
        else:
            note(row, text=text)


def note(row, **answer):
    print(json.dumps({"id": row["id"], **answer}), flush=True)


if __name__ == "__main__":
    sys.exit(main())
