import type { Shape } from "./look";

/** The outline of a shape around 0, 0 with a radius, as SVG and `Path2D` take it; as `programs.ts` draws it. */
export function outline(shape: Shape, radius: number): string {
  const corners = (count: number, far: number, drop = 0): string =>
    Array.from({ length: count }, (_, number) => {
      const angle = (2 * Math.PI * number) / count - Math.PI / 2;
      return `${number === 0 ? "M" : "L"}${(radius * far * Math.cos(angle)).toFixed(2)} ${(radius * (far * Math.sin(angle) + drop)).toFixed(2)}`;
    }).join("") + "Z";
  switch (shape) {
    case "circle":
      return `M${-radius} 0a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0Z`;
    case "square": {
      const half = radius * 0.88;
      return `M${-half} ${-half}H${half}V${half}H${-half}Z`;
    }
    case "triangle":
      return corners(3, 1.4, 0.15);
    case "hexagon":
      return corners(6, 1.08);
    case "diamond":
      return corners(4, 1.25);
    case "pentagon":
      return corners(5, 1.12);
  }
}
