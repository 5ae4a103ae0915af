import { expect, test } from 'vitest';
import { hasPlaceForBranding, writeBranding } from './write-branding.ts';

const page = '<head><script type="application/json" id="branding"></script><title>x</title></head>';

test('the branding is a data block that no name can leave', () => {
  expect(hasPlaceForBranding(page)).toBe(true);
  expect(hasPlaceForBranding('<head></head>')).toBe(false);
  const evil = { name: `</script><script>alert('$&')</script><!--`, accent: null, logo: null };
  const made = writeBranding(page, evil);
  expect(made.match(/<script/g)).toHaveLength(1);
  const block = /id="branding">(.*?)<\/script>/s.exec(made)?.[1] ?? '';
  expect(JSON.parse(block)).toEqual(evil);
  expect(block).not.toContain('<');
});
