import { expect, test } from 'vitest';
import { hashPassword, verifyPassword } from './hash-password.ts';

test('a password opens its own hash and no other', async () => {
  const stored = await hashPassword('vier losse woorden');
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await verifyPassword('vier losse woorden', stored)).toBe(true);
  expect(await verifyPassword('vier losse woorde', stored)).toBe(false);
  expect(await hashPassword('vier losse woorden')).not.toBe(stored);
});

test('the same letters in another Unicode form are the same password', async () => {
  expect(await verifyPassword('café-crème'.normalize('NFD'), await hashPassword('café-crème'.normalize('NFC')))).toBe(
    true,
  );
});

test('what is no such hash opens nothing', async () => {
  expect(await verifyPassword('x', '')).toBe(false);
  expect(await verifyPassword('x', '$argon2id$v=19$m=19456,t=2,p=1$short$short')).toBe(false);
  expect(await verifyPassword('x', '$2y$10$abcdefghijklmnopqrstuv')).toBe(false);
});
