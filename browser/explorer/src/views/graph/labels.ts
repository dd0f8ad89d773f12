/** How sigma tells what to write: where, in pixels, and in what type. */
interface Item {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly label: string | null;
  readonly side?: "left" | "right";
}

interface Type {
  readonly labelSize: number;
  readonly labelFont: string;
  readonly labelColor: Ink;
  readonly edgeLabelSize: number;
  readonly edgeLabelFont: string;
  readonly edgeLabelColor: Ink;
}

interface Ink {
  readonly color: string;
  /** The colour of the page, around the letters. */
  readonly paper: string;
  readonly line?: string;
}

const LONGEST = 34;

/** Where there are words already in a picture: a name that would lie over another is left out, and read when the reader comes closer. */
export class Taken {
  #boxes: (readonly [left: number, top: number, right: number, bottom: number])[] = [];

  clear(): void {
    this.#boxes = [];
  }

  /** Takes a place; false where it is not free. */
  take(left: number, top: number, right: number, bottom: number): boolean {
    if (this.#boxes.some(([l, t, r, b]) => left < r && right > l && top < b && bottom > t)) return false;
    this.#boxes.push([left, top, right, bottom]);
    return true;
  }
}

/** The name of a concept beside it, shortened, legible over lines; nothing where other words are. */
export function drawLabel(taken: Taken, context: CanvasRenderingContext2D, { x, y, size, label, side }: Item, { labelSize, labelFont, labelColor }: Type): void {
  if (!label) return;
  context.font = `${labelSize}px ${labelFont}`;
  const text = label.length > LONGEST ? `${label.slice(0, LONGEST - 1).trimEnd()}…` : label;
  const away = size + 5;
  const { width } = context.measureText(text);
  const left = side === "left" ? x - away - width : x + away;
  if (taken.take(left, y - labelSize / 2, left + width, y + labelSize / 2)) outlined(context, text, left, y + labelSize / 3, labelColor);
}

/** The whole name in a box: of the concept that is marked or pointed at. */
export function drawBox(context: CanvasRenderingContext2D, { x, y, size, label }: Item, { labelSize, labelFont, labelColor }: Type): void {
  if (!label) return;
  context.font = `600 ${labelSize}px ${labelFont}`;
  const width = context.measureText(label).width + 12;
  const height = labelSize + 10;
  // Towards the middle where there is no room to the right.
  const end = context.canvas.clientWidth || Infinity;
  const left = x + size + 4 + width > end ? Math.max(2, x - size - 4 - width) : x + size + 4;
  context.beginPath();
  context.roundRect(left, y - height / 2, width, height, 4);
  context.fillStyle = labelColor.paper;
  context.fill();
  context.strokeStyle = labelColor.line ?? labelColor.color;
  context.lineWidth = 1;
  context.stroke();
  context.fillStyle = labelColor.color;
  context.fillText(label, left + 6, y + labelSize / 3);
}

/** What a line says, on it, the right way up; nothing where it is too short or other words are. */
export function drawLineLabel(taken: Taken, context: CanvasRenderingContext2D, { label }: Item, from: Item, to: Item, { edgeLabelSize, edgeLabelFont, edgeLabelColor }: Type): void {
  if (!label) return;
  const far = Math.hypot(to.x - from.x, to.y - from.y);
  const room = far - from.size - to.size - 16;
  context.font = `${edgeLabelSize}px ${edgeLabelFont}`;
  const { width } = context.measureText(label);
  if (width > room) return;
  // In the middle of what is seen of the line between the two shapes.
  const middle = (far + from.size - to.size) / 2 / far;
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  const [x, y] = [from.x + (to.x - from.x) * middle, from.y + (to.y - from.y) * middle];
  const across = (Math.abs(Math.cos(angle)) * width + edgeLabelSize) / 2;
  const down = (Math.abs(Math.sin(angle)) * width + edgeLabelSize) / 2;
  if (!taken.take(x - across, y - down, x + across, y + down)) return;
  context.save();
  context.translate(x, y);
  context.rotate(Math.abs(angle) > Math.PI / 2 ? angle + Math.PI : angle);
  outlined(context, label, -width / 2, edgeLabelSize / 3, edgeLabelColor);
  context.restore();
}

function outlined(context: CanvasRenderingContext2D, text: string, x: number, y: number, { color, paper }: Ink): void {
  context.lineJoin = "round";
  context.lineWidth = 4;
  context.strokeStyle = paper;
  context.strokeText(text, x, y);
  context.fillStyle = color;
  context.fillText(text, x, y);
}
