import { describe, expect, it } from 'vitest';
import { readDeb822, readOneLine } from './apt.ts';

describe('reading the apt sources of this machine', () => {
  it('reads one-line sources with and without options and leaves comments and deb-src out', () => {
    const text = [
      '# deb http://old.example/debian bookworm main',
      'deb http://mirror.example/debian/ bookworm main contrib # ours',
      'deb-src http://mirror.example/debian bookworm main',
      'deb [arch=amd64 signed-by=/k.gpg] http://security.example/debian-security bookworm-security main',
    ].join('\n');
    expect(readOneLine(text)).toEqual([
      { uri: 'http://mirror.example/debian', suite: 'bookworm', components: ['main', 'contrib'] },
      { uri: 'http://security.example/debian-security', suite: 'bookworm-security', components: ['main'] },
    ]);
  });

  it('reads deb822 stanzas with several suites, comments inside and disabled stanzas', () => {
    const text = [
      'Types: deb deb-src',
      '# a comment in the middle',
      'URIs: http://mirror.example/debian',
      'Suites: trixie',
      ' trixie-updates',
      'Components: main',
      '',
      'Types: deb',
      'URIs: http://off.example/debian',
      'Suites: sid',
      'Components: main',
      'Enabled: no',
    ].join('\n');
    expect(readDeb822(text)).toEqual([
      { uri: 'http://mirror.example/debian', suite: 'trixie', components: ['main'] },
      { uri: 'http://mirror.example/debian', suite: 'trixie-updates', components: ['main'] },
    ]);
  });
});
