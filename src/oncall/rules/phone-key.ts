/** A number as it can be compared: digits only, `00` as `+`. Gateways write the same number in several ways. */
export function phoneKey(phone: string): string {
  const digits = phone.replaceAll(/[^\d+]/g, '').replace(/^00/, '+');
  return digits.startsWith('+') ? digits.slice(1) : digits;
}
