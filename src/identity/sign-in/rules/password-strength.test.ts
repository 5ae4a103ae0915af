import { describe, expect, test } from 'vitest';
import { judgePassword } from './password-strength.ts';

const own = ['jan.jansen@bakkerij-vos.nl', 'Jan Jansen', 'Webbureau Noord'];

describe('a password', () => {
  test.each(['', 'short', 'elf-tekens!', 'Xk3!pQ9z'])('"%s" is too short', (password) => {
    expect(judgePassword(password, own)).toMatchObject({ fit: false, reason: 'too-short' });
  });

  test('has an upper limit: hashing costs', () => {
    expect(judgePassword('x'.repeat(129))).toMatchObject({ fit: false, reason: 'too-long' });
  });

  test.each([
    'password1234',
    'Password1234!',
    'P@ssw0rd2026!',
    'welkom123456',
    'Welkom01Welkom01',
    'wachtwoord!!!',
    'qwertyuiop123',
    '123456789012',
    '111111111111',
    'aaaaaaaaaaaaa',
    'abcdefghijkl',
    'iloveyou2024',
    'zomer2026zomer',
    'Amsterdam2025!',
    'ajaxajaxajax1',
    '1qaz2wsx3edc',
    'letmeinletmein',
    'administrator1',
    '061234567890',
  ])('"%s" is what others choose', (password) => {
    expect(judgePassword(password)).toMatchObject({ fit: false, reason: 'too-common' });
  });

  test.each(['jan.jansen2026', 'BakkerijVos2026', 'webbureaunoord1'])('"%s" is made of his own name', (password) => {
    expect(judgePassword(password, own)).toMatchObject({ fit: false, reason: 'too-common' });
  });

  test.each([
    'vier losse woorden achter elkaar',
    'paperclip-dwerg-tuba-91',
    'Tj7#mq2Lx9!v',
    'xkqzvbnwrtpl',
    'kaas brood zon fietsen maan',
    'Ω≈ç√∫˜µ≤≥÷åß',
  ])('"%s" will do', (password) => {
    expect(judgePassword(password, own)).toMatchObject({ fit: true });
  });
});
