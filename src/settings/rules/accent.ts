// The agency's own colour in the place of lantern gold: it must be readable wherever the accent stands, by day and by night.
// Contrast: WCAG 2.2, 4.5 to 1 for text. A colour that is not gets the nearest of the same hue that is.

export interface AccentPair {
  /** `#rrggbb` each. */
  light: string;
  dark: string;
  /** Ground behind text of the accent's colour: a little of the accent on the panel. */
  lightWash: string;
  darkWash: string;
}

export interface ModeVerdict {
  /** What will be used: what was asked when it passes, else the nearest that does. */
  colour: string;
  wash: string;
  /** Contrast of what was asked, on the ground where it is worst. */
  askedContrast: number;
  /** Contrast of what will be used. */
  contrast: number;
  passes: boolean;
  /** Which way it was moved. */
  moved: 'not' | 'darker' | 'lighter';
}

/** A colour of state that this one can be taken for; colour is never the only sign, so it is a remark, not a refusal. */
export type LooksLike = 'well' | 'broken' | 'unsure';

export interface AccentVerdict {
  asked: string;
  light: ModeVerdict;
  dark: ModeVerdict;
  pair: AccentPair;
  looksLike: LooksLike | null;
}

export const leastContrast = 4.5;

/** Grounds on which text of the accent stands, or which stand as text on it (buttons); from `web/ui/tokens.css`. */
const grounds = {
  light: ['#faf8f4', '#ffffff', '#f1ede5'],
  dark: ['#15120e', '#1d1914', '#100d0a'],
} as const;
const panel = { light: '#ffffff', dark: '#1d1914' } as const;
const washShare = { light: 0.13, dark: 0.12 } as const;

const states: Record<LooksLike, readonly [light: string, dark: string]> = {
  well: ['#1d6b45', '#6cc596'],
  broken: ['#a8221c', '#ff8a7a'],
  unsure: ['#46598c', '#a3b4e6'],
};

type Mode = 'light' | 'dark';
type Triple = readonly [number, number, number];

/** `#abc` and `ABCDEF` too, as `#aabbcc`; undefined = not a colour. */
export function normalColour(text: string): string | undefined {
  const bare = text.trim().replace(/^#/, '').toLowerCase();
  if (/^[0-9a-f]{6}$/.test(bare)) return `#${bare}`;
  if (/^[0-9a-f]{3}$/.test(bare)) return `#${bare.replaceAll(/./g, '$&$&')}`;
  return undefined;
}

/** Judges a colour (`#rrggbb`) for both modes and proposes what to use. */
export function judgeAccent(asked: string): AccentVerdict {
  const light = judgeFor('light', asked);
  const dark = judgeFor('dark', asked);
  const pair = { light: light.colour, dark: dark.colour, lightWash: light.wash, darkWash: dark.wash };
  return { asked, light, dark, pair, looksLike: looksLike(light.colour) };
}

function judgeFor(mode: Mode, asked: string): ModeVerdict {
  const askedContrast = worstContrast(mode, asked);
  if (askedContrast >= leastContrast) {
    const wash = washOf(mode, asked);
    return { colour: asked, wash, askedContrast, contrast: askedContrast, passes: true, moved: 'not' };
  }
  const colour = nearest(mode, asked);
  return {
    colour,
    wash: washOf(mode, colour),
    askedContrast,
    contrast: worstContrast(mode, colour),
    passes: false,
    moved: mode === 'light' ? 'darker' : 'lighter',
  };
}

/** Same hue, only as much darker (or lighter) as is needed: steps of 0.4 % of lightness. */
function nearest(mode: Mode, asked: string): string {
  const [lightness, chroma, hue] = toLch(asked);
  const step = mode === 'light' ? -0.004 : 0.004;
  for (let at = lightness + step; at > 0 && at < 1; at += step) {
    const colour = fromLch([at, chroma, hue]);
    if (worstContrast(mode, colour) >= leastContrast) return colour;
  }
  return mode === 'light' ? '#000000' : '#ffffff';
}

function worstContrast(mode: Mode, colour: string): number {
  return Math.min(...[...grounds[mode], washOf(mode, colour)].map((ground) => contrastOf(colour, ground)));
}

function washOf(mode: Mode, colour: string): string {
  const share = washShare[mode];
  const over = channels(colour);
  const under = channels(panel[mode]);
  return hex([0, 1, 2].map((i) => (over[i] ?? 0) * share + (under[i] ?? 0) * (1 - share)));
}

/** WCAG's contrast of two colours, 1 to 21. */
export function contrastOf(one: string, other: string): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function luminance(colour: string): number {
  const [r, g, b] = linear(colour);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Near in hue and vivid enough to be seen as that colour. */
function looksLike(colour: string): LooksLike | null {
  const [, chroma, hue] = toLch(colour);
  if (chroma < 0.05) return null;
  for (const state of ['broken', 'well', 'unsure'] as const) {
    const [, , stateHue] = toLch(states[state][0]);
    const apart = Math.abs(((hue - stateHue + 540) % 360) - 180);
    if (apart < 12) return state;
  }
  return null;
}

// Colour spaces: sRGB to OKLab and back, after Björn Ottosson, "A perceptual color space for image processing" (2020).

function channels(colour: string): Triple {
  const number = Number.parseInt(colour.slice(1), 16);
  return [(number >> 16) & 255, (number >> 8) & 255, number & 255];
}

function hex(values: readonly number[]): string {
  const digits = values.map((value) => Math.round(Math.min(255, Math.max(0, value))).toString(16));
  return `#${digits.map((each) => each.padStart(2, '0')).join('')}`;
}

function linear(colour: string): Triple {
  const [r, g, b] = channels(colour).map((channel) => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return [r ?? 0, g ?? 0, b ?? 0];
}

function gamma(part: number): number {
  return 255 * (part <= 0.0031308 ? part * 12.92 : 1.055 * part ** (1 / 2.4) - 0.055);
}

/** Lightness 0 to 1, chroma, hue in degrees. */
function toLch(colour: string): Triple {
  const [r, g, b] = linear(colour);
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const bb = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  const lightness = 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s;
  return [lightness, Math.hypot(a, bb), ((Math.atan2(bb, a) * 180) / Math.PI + 360) % 360];
}

/** The nearest that a screen can show: as little chroma less as is needed. */
function fromLch([lightness, chroma, hue]: Triple): string {
  for (let c = chroma; c > 0.002; c -= 0.002) {
    const rgb = toLinear([lightness, c, hue]);
    if (rgb.every((part) => part >= -0.0005 && part <= 1.0005)) return hex(rgb.map(gamma));
  }
  return hex(toLinear([lightness, 0, hue]).map(gamma));
}

function toLinear([lightness, chroma, hue]: Triple): number[] {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}
