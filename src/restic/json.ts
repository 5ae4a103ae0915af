import { damaged } from './errors.ts';

/** What comes out of JSON is unknown until looked at. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** Throws `damaged` unless the bytes are a JSON object. */
export function parseObject(text: Buffer, what: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(text.toString());
  } catch (error) {
    throw damaged(`${what} is not JSON`, error);
  }
  if (!isObject(value)) throw damaged(`${what} is not a JSON object`);
  return value;
}

/** Elements of a list in which Go's null stands for the empty one. Throws `damaged` unless all are objects. */
export function objectsIn(value: unknown, what: string): JsonObject[] {
  if (value === null) return [];
  if (!Array.isArray(value) || !value.every(isObject)) throw damaged(`${what} has a bad list`);
  return value;
}
