"""What other programs read in an export, as JSON. Called by tests/exchange: read.py READER FILE..."""

import json
import sys


def yaml(path):
    import io
    import yaml as pyyaml
    from ruamel.yaml import YAML

    text = open(path, encoding="utf-8").read()
    one = pyyaml.safe_load(text)
    two = YAML(typ="safe", pure=True).load(io.StringIO(text))
    return {"pyyaml": one, "ruamel": two}


def _clip(clip):
    import opentimelineio as otio

    references = clip.media_references() if hasattr(clip, "media_references") else {}
    return {
        "name": clip.name,
        "frames": clip.trimmed_range().duration.value,
        "rate": clip.trimmed_range().duration.rate,
        "start": clip.transformed_time_range(
            clip.trimmed_range(), clip.parent()
        ).start_time.value if clip.parent() else None,
        "references": {key: type(ref).__name__ for key, ref in references.items()},
        "urls": {
            key: ref.target_url
            for key, ref in references.items()
            if isinstance(ref, otio.schema.ExternalReference)
        },
        "active": clip.active_media_reference_key if references else None,
        "markers": [
            {"name": marker.name, "color": marker.color, "comment": getattr(marker, "comment", "")}
            for marker in clip.markers
        ],
    }


def _timeline(thing):
    """The first timeline in what an adapter gives."""
    import opentimelineio as otio

    if isinstance(thing, otio.schema.Timeline):
        return thing
    for child in thing:
        found = _timeline(child)
        if found is not None:
            return found
    return None


def otio(path, adapter=None, rate=None):
    import opentimelineio as otio

    arguments = {"rate": float(rate)} if rate else {}
    read = otio.adapters.read_from_file(path, adapter_name=adapter, **arguments)
    timeline = _timeline(read)
    tracks = timeline.video_tracks()
    clips = [_clip(clip) for track in tracks for clip in track.find_clips()]
    return {
        "name": timeline.name,
        "schema": f"{timeline.schema_name()}.{timeline.schema_version()}",
        "tracks": len(tracks),
        "duration": timeline.duration().value,
        "clips": clips,
    }


def screenplain(path):
    from screenplain.parsers import fountain

    with open(path, encoding="utf-8") as stream:
        screenplay = fountain.parse(stream)
    return [
        {
            "kind": type(paragraph).__name__,
            "text": str(getattr(paragraph, "line", "") or "\n".join(str(line) for line in getattr(paragraph, "lines", []))),
            "character": str(getattr(paragraph, "character", "") or ""),
            "blocks": [str(text) for _, text in getattr(paragraph, "blocks", [])],
        }
        for paragraph in screenplay
    ]


def jouvence(path):
    from jouvence.parser import JouvenceParser

    document = JouvenceParser().parse(path)
    return {
        "title": document.title_values,
        "scenes": [
            {"header": scene.header, "kinds": [int(p.type) if hasattr(p, "type") else 0 for p in scene.paragraphs],
             "texts": [p.text for p in scene.paragraphs]}
            for scene in document.scenes
        ],
    }


def srt(path):
    import pysrt

    return [[str(item.start), str(item.end), item.text] for item in pysrt.open(path, encoding="utf-8")]


def vtt(path):
    import webvtt

    return [[caption.start, caption.end, caption.text, caption.voice] for caption in webvtt.read(path)]


def csv(path):
    import csv

    with open(path, encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def xml(path):
    from lxml import etree

    root = etree.parse(path).getroot()
    return {"tag": root.tag, "elements": sum(1 for _ in root.iter())}


def dtd(path, schema):
    """What a document type definition says against a document."""
    from lxml import etree

    with open(schema, encoding="utf-8") as stream:
        definition = etree.DTD(stream)
    definition.validate(etree.parse(path))
    return [f"line {error.line}: {error.message}" for error in definition.error_log]


def storyboarder(path):
    """A project as Storyboarder 3 opens it.

    After `loadScene`, `verifyScene` and `boardFileImageSize` of its sources: a scene's folder is the one whose name ends with
    the part of the scene's number behind the first dash, and every layer and thumbnail has to be there.
    """
    import os
    import re

    from PIL import Image

    script = next(name for name in os.listdir(path) if name.endswith(".fountain"))
    text = open(os.path.join(path, script), encoding="utf-8").read()
    folder = os.path.join(path, "storyboards")
    settings = json.load(open(os.path.join(folder, "storyboard.settings"), encoding="utf-8"))
    folders = [name for name in sorted(os.listdir(folder)) if os.path.isdir(os.path.join(folder, name))]
    heading = re.compile(r"^((?:\*{0,3}_?)?(?:(?:int|ext|est|i/e)[. ]).+)|^(?:\.(?!\.+))(.+)", re.I)
    scenes = []
    for line in text.split("\n"):
        found = heading.match(line)
        if not found:
            continue
        words = found.group(1) or found.group(2)
        number = re.search(r" *#(.+)# *", words)
        identity = number.group(1) if number else None
        parts = identity.split("-") if identity else ["G"]
        mark = parts[1] if len(parts) > 1 else parts[0]
        own = next((name for name in folders if name.split("-")[-1] == mark), None)
        scene = {"heading": re.sub(r" *#.+# *", "", words), "id": identity, "folder": own}
        if own:
            board = json.load(open(os.path.join(folder, own, own + ".storyboarder"), encoding="utf-8"))
            ratio = board["aspectRatio"]
            wanted = [900 * ratio, 900] if ratio >= 1 else [900, 900 / ratio]
            missing, sizes = [], []
            for panel in board["boards"]:
                layers = [layer["url"] for layer in panel["layers"].values()]
                for name in layers + [panel["url"].replace(".png", "-thumbnail.png")]:
                    file = os.path.join(folder, own, "images", name)
                    if os.path.exists(file):
                        sizes += [Image.open(file).size] if name in layers else []
                    else:
                        missing.append(name)
            scene |= {"boards": board["boards"], "missing": missing, "sizes": sizes, "wanted": wanted, "fps": board["fps"]}
        scenes.append(scene)
    page = re.sub(r"(?m)^((?:title|credit|author[s]?|source|notes|draft date|date|contact|copyright):)", r"\n\1",
                  text.split("\n\n")[0], flags=re.I)
    title = next((part.split(":")[1].strip() for part in page.split("\n\n") if part.lower().strip().startswith("title:")), "")
    return {"title": title, "settings": settings, "scenes": scenes, "folders": len(folders)}


def picture(path):
    from PIL import Image

    with Image.open(path) as image:
        frames = []
        for index in range(getattr(image, "n_frames", 1)):
            image.seek(index)
            # Some formats know a frame's duration only once it is read.
            image.load()
            frames.append(image.info.get("duration", 0))
        return {
            "format": image.format,
            "size": image.size,
            "frames": len(frames),
            "milliseconds": sum(frames),
            "text": {key: str(value) for key, value in getattr(image, "text", {}).items()},
        }


if __name__ == "__main__":
    reader, *arguments = sys.argv[1:]
    json.dump(globals()[reader](*arguments), sys.stdout, ensure_ascii=False, default=str)
