"use strict";
(() => {
  const data = JSON.parse(document.getElementById("animatic").textContent);
  const cuts = data.cuts, player = document.getElementById("player"), frame = document.getElementById("frame");
  const picture = frame.querySelector("img"), view = document.getElementById("view"), caption = document.getElementById("caption");
  const bar = document.querySelector("#bar i"), where = document.getElementById("where"), playButton = document.getElementById("play");
  const total = cuts.reduce((sum, cut) => sum + cut.ms, 0);
  let at = 0, playing = false, captions = true, before = 0, shown = -1, opener = null;
  const starts = []; cuts.reduce((sum, cut) => (starts.push(sum), sum + cut.ms), 0);
  const index = () => { let i = 0; while (i + 1 < cuts.length && starts[i + 1] <= at) i++; return i; };
  // The same curves as the exported animatics: how far into the shot, from 0 to 1, to a place and a scale.
  const moves = {
    "static": () => [0, 0, 1], "pan-left": t => [.06 - .12 * t, 0, 1.14], "pan-right": t => [-.06 + .12 * t, 0, 1.14],
    "track-left": t => [.06 - .12 * t, 0, 1.14], "track-right": t => [-.06 + .12 * t, 0, 1.14],
    "tilt-up": t => [0, .06 - .12 * t, 1.14], "tilt-down": t => [0, -.06 + .12 * t, 1.14],
    "crane-up": t => [0, .06 - .12 * t, 1.14], "crane-down": t => [0, -.06 + .12 * t, 1.14],
    "push-in": t => [0, 0, 1 + .18 * t], "zoom-in": t => [0, 0, 1 + .18 * t],
    "pull-out": t => [0, 0, 1.18 - .18 * t], "zoom-out": t => [0, 0, 1.18 - .18 * t],
    "handheld": (t, s) => [.006 * Math.sin(s * 5.1), .006 * Math.sin(s * 3.7 + 1), 1.03],
  };
  const time = ms => Math.floor(ms / 60000) + ":" + String(Math.floor(ms / 1000) % 60).padStart(2, "0");
  function size() {
    const box = view.getBoundingClientRect(), w = box.width - 32, h = box.height - 32, r = data.ratio;
    const width = Math.min(w, h * r);
    frame.style.width = width + "px"; frame.style.height = width / r + "px";
  }
  function draw() {
    const i = index(), cut = cuts[i], local = at - starts[i], t = Math.min(1, local / cut.ms);
    if (i !== shown) { picture.src = document.getElementById(cut.img).src; picture.alt = cut.label; shown = i; }
    const [x, y, s] = (moves[cut.move] || moves.static)(t, at / 1000);
    picture.style.transform = `scale(${s}) translate(${-x * 100}%, ${-y * 100}%)`;
    const cue = captions && data.cues.find(cue => cue.from <= at && at < cue.to);
    caption.textContent = cue ? cue.text : "";
    bar.style.width = 100 * at / total + "%";
    where.textContent = `${cut.label}   ${time(at)} / ${time(total)}`;
    playButton.textContent = playing ? "Pause" : "Play";
  }
  function tick(now) {
    if (!playing) return;
    at = Math.min(total - 1, at + (now - before)); before = now;
    if (at >= total - 1) playing = false;
    draw();
    if (playing) requestAnimationFrame(tick);
  }
  function play(on) { playing = on; if (on) { if (at >= total - 1) at = 0; before = performance.now(); requestAnimationFrame(tick); } draw(); }
  function jump(i) { at = starts[Math.max(0, Math.min(cuts.length - 1, i))]; draw(); }
  function open(i) { opener = document.activeElement; player.classList.add("open"); size(); jump(i); player.focus(); }
  function close() { playing = false; player.classList.remove("open"); if (document.fullscreenElement) document.exitFullscreen(); if (opener) opener.focus(); }
  const keys = {
    " ": () => play(!playing), ArrowRight: () => jump(index() + 1), ArrowLeft: () => jump(at - starts[index()] > 800 ? index() : index() - 1),
    Home: () => jump(0), End: () => jump(cuts.length - 1), c: () => { captions = !captions; draw(); },
    f: () => document.fullscreenElement ? document.exitFullscreen() : player.requestFullscreen(), Escape: close,
  };
  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isOpen = player.classList.contains("open");
    if (!isOpen && event.key === "p" && cuts.length) { open(0); play(true); event.preventDefault(); return; }
    if (isOpen && event.key === " " && event.target.closest("#controls button")) return;
    if (isOpen && keys[event.key]) { keys[event.key](); event.preventDefault(); }
  });
  addEventListener("resize", size);
  playButton.onclick = () => play(!playing);
  document.getElementById("previous").onclick = keys.ArrowLeft;
  document.getElementById("next").onclick = keys.ArrowRight;
  document.getElementById("captions").onclick = keys.c;
  document.getElementById("close").onclick = close;
  const start = document.getElementById("start");
  if (start) start.onclick = () => { open(0); play(true); };
  cuts.forEach((cut, i) => { const image = document.getElementById(cut.img); if (image) image.onclick = () => open(i); });
  if (location.hash === "#play" && cuts.length) { open(0); }
})();
