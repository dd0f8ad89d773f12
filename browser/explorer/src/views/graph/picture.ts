import type { About } from "../../export/about";
import { ABOUT } from "../../export/texts";
import { DASHES, LOOKS, THIN, type Family } from "./look";
import type { Colors } from "./renderer";
import { outline } from "./shapes";
import type { Provenance } from "../../api/generated/schema";

/** What stands under a picture: what its shapes and strokes mean. */
export interface Key {
  readonly families: readonly { readonly family: Family; readonly name: string }[];
  readonly strokes: readonly { readonly provenance: Provenance; readonly name: string }[];
  readonly widths: string;
}

const PAD = 16;
const LINE = 20;
const SMALL = '12px system-ui, "Segoe UI", sans-serif';

/** What is seen as a PNG, in the pixels of the screen, with what it means and what it is. */
export async function picture(layers: readonly HTMLCanvasElement[], key: Key, about: About, colors: Colors): Promise<Blob> {
  const [first] = layers;
  const width = Math.max(first?.clientWidth ?? 0, 320);
  const height = first?.clientHeight ?? 0;
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("this browser has no canvas");
  const scale = window.devicePixelRatio;
  context.font = SMALL;
  const said = captionLines(about).flatMap((text) => wrapped(context, text, width - 2 * PAD));
  const rows = keyRows(context, key, width - 2 * PAD);
  canvas.width = width * scale;
  canvas.height = (height + 2 * PAD + (rows.length + said.length) * LINE) * scale;
  context.scale(scale, scale);
  context.fillStyle = colors.paper;
  context.fillRect(0, 0, width, canvas.height / scale);
  for (const layer of layers) context.drawImage(layer, 0, 0, layer.clientWidth, layer.clientHeight);
  context.font = SMALL;
  rows.forEach((row, number) => drawKey(context, row, height + PAD + number * LINE + LINE / 2, colors));
  context.fillStyle = colors.soft;
  said.forEach((text, number) => context.fillText(text, PAD, height + PAD + (rows.length + number) * LINE + LINE / 2 + 4));
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("the picture is too large"))), "image/png"));
}

/** The lines under a picture: as in every file, view, address, release, day, and each source with its licence. */
function captionLines({ title, url, exported, release, sources, language }: About): readonly string[] {
  const t = ABOUT[language];
  return [
    title,
    `${t.release}: ${release.id} (${release.title}, ${release.publishedAt.slice(0, 10)}). ${t.exported}: ${exported.toISOString().slice(0, 10)}`,
    ...new Set(sources.map((source) => `${t.source}: ${source.title} ${source.version}, ${source.licence}. ${source.attribution}`)),
    `${t.address}: ${url}`,
  ];
}

/** Lines that are no wider than there is room; a word that is too long, as an address is, is broken. */
function wrapped(context: CanvasRenderingContext2D, text: string, room: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const part of text.match(/\S{1,40}\s*/g) ?? []) {
    if (line !== "" && context.measureText(line + part.trimEnd()).width > room) {
      lines.push(line.trimEnd());
      line = "";
    }
    line += part;
  }
  return [...lines, line.trimEnd()];
}

type Entry = { readonly text: string; readonly family?: Family; readonly provenance?: Provenance; readonly at: number };

function keyRows(context: CanvasRenderingContext2D, { families, strokes, widths }: Key, room: number): readonly (readonly Entry[])[] {
  const rows: Entry[][] = [[]];
  let at = PAD;
  const entries: Omit<Entry, "at">[] = [
    ...families.map(({ family, name }) => ({ family, text: name })),
    ...strokes.map(({ provenance, name }) => ({ provenance, text: name })),
    { text: widths },
  ];
  for (const entry of entries) {
    const width = 42 + context.measureText(entry.text).width;
    if (at > PAD && at + width > room + PAD) {
      rows.push([]);
      at = PAD;
    }
    rows.at(-1)?.push({ ...entry, at });
    at += width + 12;
  }
  return rows;
}

function drawKey(context: CanvasRenderingContext2D, row: readonly Entry[], y: number, colors: Colors): void {
  for (const { text, family, provenance, at } of row) {
    if (family) drawShape(context, family, at + 8, y);
    if (provenance) drawStroke(context, provenance, at, y, colors);
    context.fillStyle = colors.ink;
    context.fillText(text, at + (family ? 20 : provenance ? 34 : 0), y + 4);
  }
}

function drawShape(context: CanvasRenderingContext2D, family: Family, x: number, y: number): void {
  const { shape, hollow, color } = LOOKS[family];
  context.save();
  context.translate(x, y);
  const path = new Path2D(outline(shape, hollow ? 5 : 6));
  context.fillStyle = context.strokeStyle = color;
  context.lineWidth = 2.5;
  if (hollow) context.stroke(path);
  else context.fill(path);
  context.restore();
}

function drawStroke(context: CanvasRenderingContext2D, provenance: Provenance, x: number, y: number, { soft }: Colors): void {
  context.save();
  context.setLineDash([...DASHES[provenance]]);
  context.strokeStyle = soft;
  context.lineWidth = THIN + 0.5;
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x + 28, y);
  context.stroke();
  context.restore();
}
