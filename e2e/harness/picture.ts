import { crc32, deflateSync } from 'node:zlib';

type Colour = readonly [number, number, number];

/** A PNG file (8-bit RGB) whose pixels come from a function of 0..1 coordinates. See the PNG specification, sections 5 and 11. */
export function drawPng(width: number, height: number, pixel: (x: number, y: number) => Colour): Buffer {
  const rows = Buffer.alloc(height * (1 + width * 3));
  let at = 0;
  for (let row = 0; row < height; row += 1) {
    rows[at] = 0;
    at += 1;
    for (let column = 0; column < width; column += 1) {
      for (const part of pixel(column / width, row / height)) {
        rows[at] = Math.max(0, Math.min(255, Math.round(part)));
        at += 1;
      }
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 6 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

function mix(a: Colour, b: Colour, t: number): Colour {
  const u = Math.max(0, Math.min(1, t));
  return [a[0] + (b[0] - a[0]) * u, a[1] + (b[1] - a[1]) * u, a[2] + (b[2] - a[2]) * u];
}

/** Smooth step from 0 to 1 around an edge, so that shapes have soft borders. */
function soft(value: number, edge: number, width: number): number {
  const t = Math.max(0, Math.min(1, (value - edge + width) / (2 * width)));
  return t * t * (3 - 2 * t);
}

/** Morning over fields: sky, sun and three rolls of land. */
export function drawMorning(width: number, height: number): Buffer {
  return drawPng(width, height, (x, y) => {
    const sun = Math.hypot((x - 0.68) * 1.5, y - 0.42);
    let colour = mix([255, 214, 158], [92, 140, 190], 1 - y / 0.62);
    colour = mix([255, 246, 214], colour, soft(sun, 0.09, 0.012));
    colour = mix(mix(colour, [255, 226, 170], 0.5), colour, soft(sun, 0.2, 0.2));
    const hills: [number, number, Colour][] = [
      [0.6 + 0.035 * Math.sin(x * 7), 0.004, [126, 144, 104]],
      [0.7 + 0.04 * Math.sin(x * 5 + 2), 0.004, [206, 168, 84]],
      [0.83 + 0.03 * Math.sin(x * 6 + 4), 0.004, [166, 118, 48]],
    ];
    for (const [edge, width_, land] of hills) {
      const furrow = 8 * Math.sin((x * 40 + y * 90) * (0.6 + edge));
      colour = mix(colour, [land[0] + furrow, land[1] + furrow, land[2]], soft(y, edge, width_));
    }
    return colour;
  });
}

/** A loaf with three cuts on a wooden board. */
export function drawLoaf(width: number, height: number): Buffer {
  return drawPng(width, height, (x, y) => {
    const grain = 6 * Math.sin(y * 70 + 3 * Math.sin(x * 9)) + 3 * Math.sin(y * 210);
    let colour: Colour = [214 + grain, 186 + grain, 150 + grain];
    const shade = Math.hypot((x - 0.52) / 0.4, (y - 0.62) / 0.27);
    colour = mix([150, 116, 82], colour, soft(shade, 1, 0.12));
    const loaf = Math.hypot((x - 0.5) / 0.37, (y - 0.52) / 0.26);
    const crust = mix([226, 164, 84], [140, 78, 28], loaf * 1.1 + 0.12 * Math.sin(x * 31) * Math.sin(y * 27));
    colour = mix(crust, colour, soft(loaf, 0.98, 0.02));
    for (const cut of [0.36, 0.5, 0.64]) {
      const away = Math.hypot((x - cut - (y - 0.5) * -0.35) / 0.022, (y - 0.5) / 0.16);
      colour = mix([250, 226, 176], colour, soft(away, 0.9, 0.25));
    }
    return colour;
  });
}

/** A shop at night: dark street, a lit window with shelves. */
export function drawWindow(width: number, height: number): Buffer {
  return drawPng(width, height, (x, y) => {
    const star = Math.sin(x * 812.3) * Math.sin(y * 971.7) > 0.9995 && y < 0.35 ? 120 : 0;
    let colour: Colour = mix([16 + star, 24 + star, 52 + star], [44, 40, 62], y);
    const wall = soft(Math.max(Math.abs(x - 0.5) - 0.36, 0.2 - y), 0, 0.003);
    colour = mix([78, 56, 50], colour, wall);
    const pane = Math.max(Math.abs(x - 0.5) / 0.28, Math.abs(y - 0.55) / 0.22);
    const shelf = Math.abs(((y * 11) % 1) - 0.9) < 0.08 ? 60 : 0;
    const loaves = Math.hypot(((x * 14) % 1) - 0.5, (((y * 11) % 1) - 0.62) * 1.3) < 0.3 ? 50 : 0;
    colour = mix(
      [255 - shelf - loaves, 214 - shelf - loaves * 1.4, 140 - shelf - loaves * 1.6],
      colour,
      soft(pane, 1, 0.008),
    );
    const glow = Math.hypot((x - 0.5) / 0.6, (y - 0.92) / 0.16);
    return mix(mix(colour, [255, 190, 110], 0.3), colour, soft(glow, 0.6, 0.5));
  });
}
