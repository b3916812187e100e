#!/usr/bin/python3 -B
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Writes docs/elements/ELEMENT.md and docs/plugins_cache.json from the plugins
that were built and the documentation blocks in their sources.

Usage: gen-elements.py [--check] [--build DIR]

What a person wrote behind the line "<!-- written by hand -->" of a page stays.
With --check nothing is written; exit 1 when something would change, 77 when no
plugin was built.
"""

import argparse
import difflib
import glob
import json
import os
import re
import sys
import tempfile
import textwrap

SOURCE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PROJECT = "gst-plugins-cheapcam"
SPDX = "<!-- SPDX-License" "-Identifier: LGPL-2.1-or-later -->\n"
PLUGINS = ("gst", "ext")
HAND = "<!-- written by hand -->\n"


def load_gst(build, registry):
    """GStreamer with our plugins and a registry of its own."""
    # pylint: disable=import-outside-toplevel
    folders = {os.path.dirname(p) for folder in PLUGINS for p in glob.glob(
        os.path.join(build, folder, "**", "libgst*.so"), recursive=True)}
    os.environ["GST_PLUGIN_PATH_1_0"] = ":".join(sorted(folders))
    os.environ["GST_REGISTRY"] = registry
    import gi
    gi.require_version("Gst", "1.0")
    from gi.repository import GObject, Gst
    Gst.init(None)
    return GObject, Gst


def describe_property(gobject, gst, spec):
    """A property as a dictionary, or None for those every element has."""
    flags = int(spec.flags)
    when = [name for name, bit in (
        ("paused", gst.PARAM_MUTABLE_PAUSED), ("playing", gst.PARAM_MUTABLE_PLAYING))
        if flags & bit]
    about = {
        "blurb": spec.blurb,
        "type": spec.value_type.name,
        "readable": bool(flags & int(gobject.ParamFlags.READABLE)),
        "writable": bool(flags & int(gobject.ParamFlags.WRITABLE)),
        "mutable": when[-1] if when else "ready",
    }
    default = spec.default_value
    if spec.value_type.is_a(gobject.TYPE_ENUM):
        about["values"] = {v.value_nick: v.value_name
                           for v in spec.enum_class.__enum_values__.values()}
        about["default"] = default.value_nick
    elif spec.value_type.is_a(gobject.TYPE_FLAGS):
        about["values"] = {v.first_value_nick: v.first_value_name
                           for v in spec.flags_class.__flags_values__.values()}
        about["default"] = "+".join(default.value_nicks)
    elif isinstance(default, (bool, int, float, str)) or default is None:
        about["default"] = default
        if hasattr(spec, "minimum"):
            about["minimum"], about["maximum"] = spec.minimum, spec.maximum
    return about


def own_types(gobject, element):
    """The element's class and its parents, down to the first of GStreamer's."""
    kind = element.__gtype__
    while kind.name not in ("GstElement", "GstBin", "GstBaseSrc", "GstPushSrc", "GstBaseTransform",
                            "GstVideoFilter", "GstPipeline"):
        yield kind
        kind = gobject.type_parent(kind)


def describe_element(gobject, gst, factory):
    element = factory.create(None)
    own = list(own_types(gobject, element))
    parents = []
    kind = element.__gtype__
    while kind.name != "GObject":
        parents.append(kind.name)
        kind = gobject.type_parent(kind)
    return {
        "long-name": factory.get_metadata("long-name"),
        "klass": factory.get_metadata("klass"),
        "description": factory.get_metadata("description"),
        "author": factory.get_metadata("author"),
        "rank": factory.get_rank(),
        "hierarchy": parents,
        "pad-templates": {
            t.name_template: {
                "direction": t.direction.value_nick,
                "presence": t.presence.value_nick,
                "caps": t.get_caps().to_string(),
            } for t in factory.get_static_pad_templates()},
        "properties": {
            s.name: describe_property(gobject, gst, s)
            for s in element.list_properties() if s.owner_type in own},
        "signals": sorted(
            n for k in own for n in gobject.signal_list_names(k)),
    }


def collect(build):
    """All elements of all our plugins."""
    plugins = {}
    with tempfile.TemporaryDirectory() as folder:
        gobject, gst = load_gst(build, os.path.join(folder, "registry"))
        registry = gst.Registry.get()
        for plugin in registry.get_plugin_list():
            if plugin.get_source() != PROJECT:
                continue
            features = registry.get_feature_list_by_plugin(plugin.get_name())
            plugins[plugin.get_name()] = {
                "description": plugin.get_description(),
                "license": plugin.get_license(),
                "elements": {
                    f.get_name(): describe_element(gobject, gst, f)
                    for f in features if isinstance(f, gst.ElementFactory)},
            }
    return plugins


def with_unbuilt(plugins):
    """The same with the plugins that could not be built here, as they were."""
    try:
        with open(os.path.join(SOURCE, "docs/plugins_cache.json"), encoding="utf-8") as f:
            old = json.load(f)
    except FileNotFoundError:
        old = {}
    return {**{name: about for name, about in old.items()
               if os.path.isdir(os.path.join(SOURCE, "ext", name))}, **plugins}


def doc_block(name):
    """The text of "SECTION:element-NAME", and its Since."""
    for path in (p for folder in PLUGINS for p in glob.glob(
            os.path.join(SOURCE, folder, "**", "*.c"), recursive=True)):
        with open(path, encoding="utf-8") as f:
            block = re.search(r"/\*\*\n \* SECTION:element-%s\n(.*?) \*/" % re.escape(name),
                              f.read(), re.S)
        if block:
            lines = [re.sub(r"^ \* ?", "", line) for line in block.group(1).splitlines()]
            since = next((x.split()[1] for x in lines if x.startswith("Since:")), "")
            lines = [x for x in lines if not x.startswith(("@", "Since:"))]
            return to_markdown("\n".join(lines).strip()), since
    sys.exit(f"{name} has no SECTION:element-{name}")


def to_markdown(text):
    """Launch lines become blocks that a shell takes, each with a line before it
    that says what it does (in the source that line stands behind)."""
    def launch(match):
        lines = " \\\n".join(match.group(1).strip().splitlines())
        caption = " ".join(match.group(2).split())
        return f"\n{caption[:1].upper()}{caption[1:].rstrip('.')}:\n\n```sh\n{lines}\n```\n"

    text = re.sub(r"#(\w+)", r"`\1`", text)
    text = re.sub(r"\|\[(.*?)\]\|(.*?)(?=\n\|\[|\n\n|\Z)", launch, text, flags=re.S)
    return re.sub(r"\n{3,}", "\n\n", text)


def wrapped(text):
    return textwrap.fill(text, 100, subsequent_indent="  ", break_long_words=False) + "\n"


def describe_range(spec):
    """Default and range, or the values of an enumeration."""
    if "values" in spec:
        values = "; ".join(f"{code(nick)}: {about}" for nick, about in spec["values"].items())
        return f"{values}. Default {code(spec['default'])}."
    if "minimum" in spec:
        return f"{spec['minimum']} to {spec['maximum']}, default {spec['default']}."
    return f"Default {code(json.dumps(spec['default']))}." if "default" in spec else ""


def code(text):
    return "`" + str(text) + "`"


def page(name, plugin, about):
    text, since = doc_block(name)
    out = [SPDX, "<!-- Made by docs/gen-elements.py up to the line \"written by hand\". -->\n",
           f"# {name}\n\n", text.strip(), "\n\n## Facts\n\n| | |\n|---|---|\n"]
    for key, value in (("Long name", about["long-name"]), ("Class", code(about["klass"])),
                       ("Plugin", code(plugin)), ("Rank", "none" if about["rank"] == 0
                                                  else about["rank"]),
                       ("Since", since)):
        out.append(f"| {key} | {value} |\n")
    out.append("\n## Pads\n")
    for pad, template in sorted(about["pad-templates"].items()):
        out.append(f"\n{code(pad)}, {template['direction']}, {template['presence']}:\n\n```text\n")
        out.append(template["caps"].replace("; ", "\n") + "\n```\n")
    out.append("\n## Properties\n\n")
    for prop, spec in sorted(about["properties"].items()):
        access = "read and write" if spec["readable"] and spec["writable"] else (
            "read" if spec["readable"] else "write")
        if spec["writable"]:
            access += f" up to state {spec['mutable'].upper()}"
        out.append(wrapped(f"- {code(prop)} ({code(spec['type'])}, {access}): {spec['blurb']}. "
                           + describe_range(spec)))
    if not about["properties"]:
        out.append("None beyond those of its parent class.\n")
    if about["signals"]:
        out.append("\n## Signals\n\n" + "".join(f"- {code(s)}\n" for s in about["signals"]))
    return "".join(out) + "\n" + HAND


def with_hand_part(path, text):
    """The new page and what a person added to the old one."""
    try:
        with open(path, encoding="utf-8") as f:
            return text + f.read().partition(HAND)[2]
    except FileNotFoundError:
        return text


def outputs(plugins):
    files = {"docs/plugins_cache.json": json.dumps(
        with_unbuilt(plugins), indent=2, sort_keys=True) + "\n"}
    for plugin, about in sorted(plugins.items()):
        for name, element in sorted(about["elements"].items()):
            path = f"docs/elements/{name}.md"
            files[path] = with_hand_part(os.path.join(SOURCE, path), page(name, plugin, element))
    return files


def check(files):
    status = 0
    for path, text in files.items():
        old = ""
        if os.path.exists(os.path.join(SOURCE, path)):
            with open(os.path.join(SOURCE, path), encoding="utf-8") as f:
                old = f.read()
        if old != text:
            sys.stdout.writelines(difflib.unified_diff(
                old.splitlines(True), text.splitlines(True), path, path + " (built)"))
            status = 1
    if status:
        print("Run docs/gen-elements.py and commit what it changes.")
    return status


def main():
    parser = argparse.ArgumentParser(description="Writes the pages of the elements.")
    parser.add_argument("--check", action="store_true", help="only say what would change")
    parser.add_argument("--build", default=os.path.join(SOURCE, "build"))
    args = parser.parse_args()

    plugins = collect(args.build)
    if not plugins:
        print("no plugin was built")
        return 77
    files = outputs(plugins)
    if args.check:
        return check(files)
    for path, text in files.items():
        path = os.path.join(SOURCE, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
