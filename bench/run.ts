// `npm run bench -- NAME`: prints what it does and ends with one line of JSON: name, figures with units, goals, met.
// Exit code 1 when a goal is missed, 2 when there is no such benchmark.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { judge, type Bench } from './bench.ts';

const known = readdirSync(import.meta.dirname)
  .filter(
    (file) =>
      file.endsWith('.ts') &&
      !['run.ts', 'bench.ts'].includes(file) &&
      !file.startsWith('_') &&
      !file.endsWith('.test.ts'),
  )
  .map((file) => file.replace(/\.ts$/, ''));
const [name] = process.argv.slice(2);
if (!name || !known.includes(name)) {
  console.error(`Usage: npm run bench -- NAME, with NAME one of: ${known.join(', ')}`);
  process.exit(2);
}

const { bench } = (await import(join(import.meta.dirname, `${name}.ts`))) as { bench: Bench };
console.log(`${name}: ${bench.says}`);
const figures = await bench.run((line) => console.log(line));
for (const figure of figures) console.log(`  ${figure.name}: ${figure.value} ${figure.unit}`);
const goals = judge(bench.goals, figures);
console.log(JSON.stringify({ name, figures, goals, met: goals.every((goal) => goal.met) }));
process.exit(goals.every((goal) => goal.met) ? 0 : 1);
