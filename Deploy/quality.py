#!/usr/bin/env python3
"""Measures docket's answers on labelled texts, the way a user gets them: read, filed, enriched.

    quality.py CORPORA HOME MODEL SECOND_MODEL

CORPORA has `summaries/` (with `rouge.py`, which scores) and `tags/`; nothing of it is kept. HOME
is an empty directory for a docket of its own. One row of JSON a measurement, then a table, then
what has to hold; the exit status is 1 where something does not.

    QUALITY_DOCUMENTS    texts of each kind at most, the first ones (all)
    QUALITY_TESTS        "summaries", "tags" (both)
    PEER_PYTHON          a python that has llama-cpp-python: the same models and prompts there
"""
import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
DOCKET = HERE.parent / ".build/release/docket"
# As people write them first.
BARE = {"summaries": "Summarize: {{body}}",
        "tags": "Classify this text as one of: {{labels}}.\n\n{{body}}"}
RECIPE = {"summaries": "summary", "tags": "tags"}
LEADS = ["lead-1", "lead-2", "lead-3"]
RESAMPLES = 2000

DEFINITION = {
    "definition": "labelled", "description": "Texts in JSON files.",
    "scopes": {"name": "texts"},
    "records": {"request": "/", "format": "json", "id": "id", "changes": {"kind": "files"}},
    "errors": {"rules": []},
    "mapping": {"kind": "file", "body": {"content": "body"}},
}


class Corpora:
    """The texts, and how answers about them are scored: a score of each text, 0 to 100."""

    def __init__(self, folder, documents_max):
        # No traces in a directory that is not ours.
        sys.dont_write_bytecode = True
        sys.path.insert(0, str(folder / "summaries"))
        import rouge
        self.rouge = rouge
        news = lines(folder / "summaries/orangesum/orangesum.jsonl")[:documents_max]
        questions = lines(folder / "tags/banking77.jsonl")[:documents_max]
        self.labels = json.loads((folder / "tags/labels.json").read_text(encoding="utf-8"))
        self.rows = {
            "summaries": [{**row, "body": row["article"]} for row in news],
            "tags": [{"id": f"q{i}", "body": row["text"], "label": row["label"]}
                     for i, row in enumerate(questions)],
        }

    def lead(self, count):
        return {row["id"]: {"text": self.rouge.lead(row, count)}
                for row in self.rows["summaries"]}

    def figures(self, test, answers):
        """Means by metric, and the score of each text in the first metric; 0 for no answer."""
        rows = self.rows[test]
        if test == "summaries":
            texts = [answers.get(row["id"], {}).get("text", "") for row in rows]
            each = [self.rouge.rouge(text, row["references"]) for text, row in zip(texts, rows)]
            parts = {name: [100 * scores[name][0] for scores in each]
                     for name in ("rouge1", "rouge2", "rougeL")}
            parts["words"] = [len(self.rouge.tokens(text)) for text in texts]
        else:
            ranked = [answers.get(row["id"], {}).get("labels", []) for row in rows]
            parts = {name: [100 * (row["label"] in labels[:count])
                            for labels, row in zip(ranked, rows)]
                     for name, count in (("accuracy", 1), ("top3", 3))}
        means = {name: round(sum(values) / len(rows), 2) for name, values in parts.items()}
        return means, next(iter(parts.values()))


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def write(path, value):
    # YAML understands JSON.
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value), encoding="utf-8")


def output_of(words, variables, text=None):
    """What a program prints; it ends before this one does, whatever ends this one."""
    with subprocess.Popen(words, env={**os.environ, **variables}, text=True,
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            output = process.communicate(text)[0]
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait()
    if process.returncode != 0:
        sys.exit(f"{words[0]} ended with status {process.returncode}")
    return output


class Docket:
    """An installation with the texts and one model and recipe at a time."""

    def __init__(self, home, corpora):
        self.home, self.corpora = home, corpora
        write(home / "connectors.d/labelled.yaml", DEFINITION)
        for test, rows in corpora.rows.items():
            write(home / test / "texts.json",
                  [{"id": row["id"], "body": row["body"]} for row in rows])
            output = ({"output": "labels", "labels": ["yes", "no"]} if test == "tags"
                      else {"output": "text"})
            write(home / f"recipes.d/bare-{test}.yaml",
                  {"recipe": f"bare-{test}", "description": "As one would first write it.",
                   **output, "prompt": {"user": BARE[test]}})

    def docket(self, *words):
        return output_of([DOCKET, *words], {"DOCKET_CONFIG": str(self.home / "docket.yaml")})

    def answers(self, test, recipe, model):
        """What is filed about each text, and the seconds of `docket run --once`."""
        write(self.home / "docket.yaml", {
            "state_dir": str(self.home), "models": [{"name": "default", **model}], "recipes": [],
            "include": ["connectors.d/*.yaml", "recipes.d/*.yaml"],
            "admin": {"listen": "127.0.0.1:0"}})
        use = {"name": recipe}
        if test == "tags":
            use["labels"] = self.corpora.labels
        write(self.home / "connectors.d/texts.yaml", {
            "name": test, "connector": "labelled", "recipes": [use],
            "connection": {"base_url": f"file://{self.home}/{test}/"}})
        begun = time.time()
        self.docket("run", "--once", "--quiet")
        seconds = time.time() - begun
        rows = self.docket(
            "psql", "--quiet", "--no-align", "--tuples-only", "--command", f"""
                SELECT json_build_object('id', d.source_id, 'output', e.output,
                    'text', s.summary, 'method', s.method, 'refused', e.parameters->'refused')
                  FROM docket_v1.documents d
                  JOIN docket_v1.enrichments e USING (document_id)
                  LEFT JOIN docket_v1.summaries s USING (document_id, recipe)
                 WHERE d.connector = '{test}' AND e.recipe = '{recipe}'
                   AND e.created_at >= to_timestamp({begun})""")
        answers = {row["id"]: row for row in map(json.loads, rows.splitlines())}
        if test == "tags":
            for row in answers.values():
                row["labels"] = [label["name"] for label in row["output"]]
        return answers, seconds


class Report:
    """Rows as they come, and what is held against what at the end."""

    def __init__(self, corpora):
        self.corpora = corpora
        self.rows = []

    def add(self, test, model, system, answers, seconds=0.0):
        means, scores = self.corpora.figures(test, answers)
        row = {"test": test, "model": model, "system": system,
               "documents": len(scores), "answered": len(answers), **means}
        for key, name in (("methods", "method"), ("refused", "refused")):
            counts = {}
            for answer in answers.values():
                if answer.get(name):
                    counts[answer[name]] = counts.get(answer[name], 0) + 1
            if counts:
                row[key] = counts
        row["seconds"] = round(seconds, 1)
        print(json.dumps(row), flush=True)
        self.rows.append((row, scores))

    def table(self):
        for test in self.corpora.rows:
            rows = [row for row, _ in self.rows if row["test"] == test]
            names = ["rouge1", "rouge2", "rougeL"] if test == "summaries" else ["accuracy", "top3"]
            print("".join([f"\n{test:14}{'':42}"] + [f"{name:>9}" for name in names]))
            for row in rows:
                figures = "".join(f"{row[name]:9.1f}" for name in names)
                missing = row["documents"] - row["answered"]
                said = {**({"unanswered": missing} if missing else {}),
                        **row.get("methods", {}), **row.get("refused", {})}
                print(f"{row['model']:14}{row['system']:42}{figures}  "
                      + ", ".join(f"{name} {count}" for name, count in said.items()))

    def verdicts(self):
        """Prints what has to hold; whether all of it does."""
        print()
        held = []
        for row, scores in self.rows:
            if not row["system"].startswith("docket"):
                continue
            own = row["system"] != "docket, bare prompt"
            same = "recipe's prompt" if own else "bare prompt"
            claims = [("at least as good as the same model and prompt in llama.cpp",
                       f"llama.cpp, {same}")]
            if own:
                claims += [("better than a bare prompt in docket", "docket, bare prompt"),
                           ("better than a bare prompt in llama.cpp", "llama.cpp, bare prompt"),
                           ("better than a bare prompt in llama.cpp, as it is generated",
                            "llama.cpp, bare prompt, generated")]
            claims.append(("not below the first three sentences", "lead-3"))
            for claim, other in claims:
                for peer, theirs in self.rows:
                    if (peer["test"] == row["test"] and peer["system"] == other
                            and peer["model"] in (row["model"], "-")):
                        held.append(self.verdict(row, claim, scores, theirs))
        return all(held)

    @staticmethod
    def verdict(row, claim, ours, theirs):
        """Holds a claim up to what chance allows: 95 % of a paired bootstrap over the texts."""
        gains = [a - b for a, b in zip(ours, theirs)]
        chance = random.Random(0)
        means = sorted(sum(chance.choices(gains, k=len(gains))) / len(gains)
                       for _ in range(RESAMPLES))
        low, high = means[RESAMPLES // 40], means[-RESAMPLES // 40 - 1]
        gain = sum(gains) / len(gains)
        strict = claim.startswith("better")
        holds = gain > 0 if strict else gain >= 0
        word = "yes" if holds else "within noise" if high >= 0 else "NO"
        print(f"{word:13}{row['test']}, {row['model']}, {row['system']}: {claim} "
              f"({gain:+.1f}, 95 % from {low:+.1f} to {high:+.1f})")
        return word != "NO"


def shipped_prompt(name):
    """The prompt in a file of Recipes/, for the peer: blocks and plain texts, no other YAML."""
    prompt, key, block, inside = {}, None, False, False
    for line in (HERE.parent / f"Recipes/{name}.yaml").read_text(encoding="utf-8").splitlines():
        if not line.startswith(" ") and line:
            inside = line == "prompt:"
        elif inside and line.startswith("  ") and line[2:3].strip():
            key, _, value = line.strip().partition(": ")
            block = value in ("|-", ">-")
            join = "\n" if value == "|-" else " "
            prompt[key] = "" if block else value
        elif inside and block:
            prompt[key] += (join if prompt[key] else "") + line[4:]
    return prompt


def peer_answers(python, test, file, prompt, corpora, extra=()):
    """What llama.cpp answers to the same prompts, and its seconds."""
    work = {"prompt": prompt, "rows": [{"id": row["id"], "body": row["body"]}
                                       for row in corpora.rows[test]],
            "labels": corpora.labels if test == "tags" else []}
    begun = time.monotonic()
    output = output_of([python, HERE / "quality_peer.py", file, *extra], {}, json.dumps(work))
    answers = {row["id"]: row for row in map(json.loads, output.splitlines())}
    return answers, time.monotonic() - begun


def measure(corpora, docket, models, tests):
    report = Report(corpora)
    if "summaries" in tests:
        for count, name in enumerate(LEADS, start=1):
            report.add("summaries", "-", name, corpora.lead(count))
    peer = os.environ.get("PEER_PYTHON")
    for model, settings, languages in models:
        for test in tests:
            own, bare = RECIPE[test], f"bare-{test}"
            runs = [("docket, own recipe", own, settings), ("docket, bare prompt", bare, settings)]
            # As one configures it who knows what the model knows.
            if test == "summaries" and languages:
                runs.insert(0, ("docket, own recipe, its languages", own,
                                {**settings, "languages": languages}))
            for system, recipe, with_settings in runs:
                report.add(test, model, system, *docket.answers(test, recipe, with_settings))
            if not peer:
                continue
            prompts = [("llama.cpp, recipe's prompt", shipped_prompt(own), ()),
                       ("llama.cpp, bare prompt", {"user": BARE[test]}, ())]
            if test == "tags":
                prompts.append(("llama.cpp, bare prompt, generated", {"user": BARE[test]},
                                ("--generate",)))
            for system, prompt, extra in prompts:
                report.add(test, model, system, *peer_answers(
                    peer, test, settings["file"], prompt, corpora, extra))
    report.table()
    return report.verdicts()


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    folder, home, first, second = sys.argv[1:]
    corpora = Corpora(pathlib.Path(folder), int(os.environ.get("QUALITY_DOCUMENTS") or sys.maxsize))
    # The second model is a base model that knows no conversation; its file names no template.
    models = [("SmolLM2-135M", {"file": first}, ["en"]),
              ("Gemma3-270M", {"file": second, "chat_template": "gemma"}, None)]
    tests = (os.environ.get("QUALITY_TESTS") or "summaries tags").split()
    return 0 if measure(corpora, Docket(pathlib.Path(home), corpora), models, tests) else 1


if __name__ == "__main__":
    sys.exit(main())
