/** What a dry run of all codemods takes for a fourth of many files, and for all of them: time and memory. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cpu, ms, root, verdict } from './measure.mjs';

const number = Number(process.argv[2] ?? 100_000);
const scratch = mkdtempSync(join(tmpdir(), 'authkit-bench-'));
try {
  const peak = join(scratch, 'peak.cjs');
  writeFileSync(peak, "process.on('exit', () => console.log(`peak ${String(process.resourceUsage().maxRSS)}`));\n");
  const main = join(root, 'dist/cli/main.cjs');
  const [fourth, all] = [number / 4, number].map((count) => {
    const folder = join(scratch, String(count));
    for (let index = 0; index < count; index += 1) {
      const path = join(folder, 'app', String(index % 100), String(index));
      mkdirSync(path, { recursive: true });
      writeFileSync(
        join(path, 'page.tsx'),
        `import Link from 'next/link';\n\nexport default function Page${String(index)}() {\n  return <Link href="/page-${String(index)}">Next</Link>;\n}\n`,
      );
    }
    writeFileSync(
      join(folder, 'package.json'),
      '{ "dependencies": { "@workos-inc/authkit-nextjs": "4", "next": "16" } }\n',
    );
    const { stdout, time } = cpu([process.execPath, '-r', peak, main, 'codemod', 'all', '--dry-run', '.'], folder);
    const megabytes = Number(/^peak (?<kilobytes>\d+)$/mu.exec(stdout)?.groups.kilobytes) / 1024;
    console.log(`  ${String(count)} files: ${ms(time)}, ${megabytes.toFixed(0)} MB`);
    return { time, megabytes };
  });
  verdict(
    `${(all.time / fourth.time).toFixed(1)} times the time for 4 times the files`,
    all.time <= 5 * fourth.time,
    'linear',
  );
  verdict(`${all.megabytes.toFixed(0)} MB`, all.megabytes <= 250, 'at most 250 MB');
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
