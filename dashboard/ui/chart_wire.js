// What the server sends, read: arrays are kept by their digest for all charts of the page, so that
// each travels once; traces that were cut from common arrays are cut again.

const LIMIT = 160e6; // bytes kept beside those that a chart on the page is using
const utf8 = new TextDecoder();
const TYPES = {
  i1: Int8Array, u1: Uint8Array, i2: Int16Array, u2: Uint16Array,
  i4: Int32Array, u4: Uint32Array, f4: Float32Array, f8: Float64Array,
};

const store = new Map(); // digest: { value, bytes }, the least recently used first
const living = new Set(); // charts, each with the digests it uses in `held`
const waiting = new Map(); // charts that lack something, and what to do once it is here
let total = 0;

const put = (digest, value, bytes) => {
  total += bytes - (store.get(digest)?.bytes ?? 0);
  store.delete(digest);
  store.set(digest, { value, bytes });
};

const shrink = () => {
  const used = new Set([...living].flatMap((chart) => [...chart.held]));
  for (const [digest, { bytes }] of store) {
    if (total <= LIMIT) return;
    if (!used.has(digest) && store.delete(digest)) total -= bytes;
  }
};

const picture = (bytes) => {
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  }
  return `data:image/png;base64,${btoa(text)}`;
};

const valued = (bytes, type, shape) => {
  if (type === "json") return JSON.parse(utf8.decode(bytes));
  if (type === "png") return picture(bytes);
  const flat = new TYPES[type](bytes.slice().buffer); // a copy lets go of the message
  if (shape.length === 1) return flat;
  const [rows, wide] = shape;
  return Array.from({ length: rows }, (_, i) => flat.subarray(i * wide, (i + 1) * wide));
};

// The bytes of a message (dashboard/ui/wire.py), as what the chart is told and the figure's text.
export const opened = (message) => {
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  let at = 8;
  const part = (length) => message.subarray(at, (at += length));
  const head = JSON.parse(utf8.decode(part(view.getUint32(0, true))));
  const text = utf8.decode(part(view.getUint32(4, true)));
  for (const [digest, type, shape, length] of head.blocks) {
    put(digest, valued(part(length), type, shape), length);
  }
  if (head.blocks.length) queueMicrotask(() => [...waiting.values()].forEach((again) => again()));
  return { head, text };
};

// What one chart lacks may come with the message of another.
export const wait = (chart, again) => waiting.set(chart, again);

// Which digests a figure's text names, and which of these are not here.
export const needs = (text) => {
  const held = new Set(Array.from(text.matchAll(/\{"\$":"(\w+)"\}/g), (found) => found[1]));
  return { held, missing: [...held].filter((digest) => !store.has(digest)) };
};

const revived = (value) => {
  if (value === null || typeof value !== "object") return value;
  if (value.$ !== undefined) {
    const { value: kept, bytes } = store.get(value.$);
    put(value.$, kept, bytes);
    return kept;
  }
  for (const name in value) value[name] = revived(value[name]);
  return value;
};

// One counting pass gives each trace the points of its label, in the order of their places.
const pieces = (labels, sizes, whole) => {
  const parts = sizes.map((size) => (ArrayBuffer.isView(whole) ? new whole.constructor(size) : new Array(size)));
  const at = new Uint32Array(sizes.length);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i];
    if (label < at.length) parts[label][at[label]++] = whole[i];
  }
  return parts;
};

const cut = (data, { traces, labels, parts }) => {
  const sizes = traces.map(() => 0);
  for (let i = 0; i < labels.length; i++) if (labels[i] < sizes.length) sizes[labels[i]]++;
  for (const [path, whole] of Object.entries(parts)) {
    const names = path.split(".");
    const last = names.pop();
    pieces(labels, sizes, whole).forEach((part, label) => {
      names.reduce((into, name) => (into[name] ??= {}), data[traces[label]])[last] = part;
    });
  }
  for (const i of traces) data[i].meta = { ...data[i].meta, point: true };
};

// A figure of a text whose digests are all here.
export const figured = (text) => {
  const figure = revived(JSON.parse(text));
  for (const group of figure.cuts ?? []) cut(figure.data, group);
  return figure;
};

export const join = (chart) => {
  waiting.delete(chart);
  living.add(chart);
  shrink();
};
export const leave = (chart) => {
  waiting.delete(chart);
  living.delete(chart);
};

window.clusterloom = { store }; // for whoever looks on from outside
