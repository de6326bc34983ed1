import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** What to start as the browser, and the environment in which it finds its libraries and fonts. */
export interface BrowserProgram {
  executablePath: string;
  env: Record<string, string>;
}

const SYSTEM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * CHROMIUM_PATH, else the one from npm where it runs (Linux x64, without any system library), else the system's Chromium.
 * The one from npm is the same on every machine, and draws a page with a third less work than a browser with windows.
 * TEST_BROWSER=system takes the system's even there.
 */
export const browserProgram = async (): Promise<BrowserProgram> => {
  const env = ownEnvironment();
  const named = process.env['CHROMIUM_PATH'];
  if (named) return { executablePath: named, env };
  const isSystemAsked = process.env['TEST_BROWSER'] === 'system';
  if (process.platform === 'linux' && process.arch === 'x64' && !isSystemAsked) return fromNpm(env);
  const system = SYSTEM.find((path) => existsSync(path));
  if (system) return { executablePath: system, env };
  throw new Error('There is no Chromium here: install one, or set CHROMIUM_PATH to the program of Chromium or Chrome.');
};

const ownEnvironment = (): Record<string, string> =>
  Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));

/** Of this version all that is below was tried: another may unpack itself differently. */
const VERSION = '153.0.0';

const fromNpm = async (env: Record<string, string>): Promise<BrowserProgram> => {
  const home = await unpacked();
  return {
    executablePath: join(home, 'chromium'),
    env: {
      ...env,
      LD_LIBRARY_PATH: [join(home, 'al2023', 'lib'), env['LD_LIBRARY_PATH']].filter(Boolean).join(':'),
      FONTCONFIG_PATH: join(home, 'fonts'),
    },
  };
};

/**
 * Unpacks the browser of the package once a user: the global setup made the temporary directory this user's own. It unpacks under another name
 * and is then renamed, so that of several test files that come at once none finds half of it.
 */
const unpacked = async (): Promise<string> => {
  const home = join(tmpdir(), `chromium-${VERSION}-dejavu`);
  if (existsSync(join(home, 'chromium'))) return home;
  mkdirSync(tmpdir(), { recursive: true });
  const partial = mkdtempSync(`${home}-`);
  try {
    await unpackInto(partial);
    writeFonts(partial, home);
    try {
      renameSync(partial, home);
    } catch (error) {
      // Another test file was quicker.
      if (!existsSync(join(home, 'chromium'))) throw error;
    }
    return home;
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
};

/**
 * In a process of its own, for its environment: the package unpacks into the temporary directory, and its libraries only where it takes itself
 * to run on a certain platform.
 */
const unpackInto = (folder: string): Promise<void> => {
  const program = `import chromium from '@sparticuz/chromium'; await chromium.executablePath();`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    env: { ...process.env, TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let printed = '';
  child.stderr.on('data', (part: Buffer) => (printed += part.toString('utf8')));
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('exit', (code) =>
      code === 0 ? done() : fail(new Error(`The browser from npm could not be unpacked:\n${printed}`)),
    );
  });
};

/** What a Linux desktop has by default, so that texts are as wide as there; the browser's own fonts have no ▲, ▼ or ◆. */
const FONTS = [
  'Sans',
  'Sans-Bold',
  'Sans-Oblique',
  'Sans-BoldOblique',
  'SansMono',
  'SansMono-Bold',
  'Serif',
  'Serif-Bold',
];

/** The fonts of a package, and a list that names them. Without any font the browser crashes at the first text field. */
const writeFonts = (partial: string, home: string): void => {
  const folder = dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json'));
  for (const face of FONTS)
    copyFileSync(join(folder, 'ttf', `DejaVu${face}.ttf`), join(partial, 'fonts', `DejaVu${face}.ttf`));
  const preferred = [
    ['sans-serif', 'DejaVu Sans'],
    ['system-ui', 'DejaVu Sans'],
    ['serif', 'DejaVu Serif'],
    ['monospace', 'DejaVu Sans Mono'],
  ].map(([asked, given]) => `<alias><family>${asked}</family><prefer><family>${given}</family></prefer></alias>`);
  writeFileSync(
    join(partial, 'fonts', 'fonts.conf'),
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(home, 'fonts')}</dir>
  <cachedir>${join(home, 'fonts-cache')}</cachedir>
  ${preferred.join('\n  ')}
</fontconfig>
`,
  );
};
