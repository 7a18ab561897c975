"""What other programs read in an export, as JSON. Called by tests/exchange.rs: read.py READER FILE..."""

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
