import { spawn, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A page of HTML as a tagged PDF, by a Chromium that the machine has. */

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const PLACES = [
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];
const WINDOWS = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];

/**
 * The program of the Chromium, Chrome or Edge that is installed here: what CHROMIUM_PATH names, else the first that is found.
 *
 * @returns null where there is none, or CHROMIUM_PATH is `off`
 */
export const installedChromium = (env: NodeJS.ProcessEnv = process.env): string | null => {
  const given = env['CHROMIUM_PATH'];
  if (given) return given === 'off' ? null : given;
  const onPath = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const programs = [env['ProgramFiles'], env['ProgramFiles(x86)'], env['LOCALAPPDATA']].filter((folder) => folder);
  return (
    [
      ...NAMES.flatMap((name) => onPath.map((folder) => join(folder, name))),
      ...NAMES.map((name) => `/usr/bin/${name}`),
      ...PLACES,
      ...WINDOWS.flatMap((name) => programs.map((folder) => join(folder!, name))),
    ].find((path) => existsSync(path)) ?? null
  );
};

/** What a program is known by, so that a file of another is another file: where it is, how large, and since when. */
export const programStamp = (program: string): string => {
  const { mtimeMs, size } = statSync(program, { throwIfNoEntry: false }) ?? { mtimeMs: 0, size: 0 };
  return `${program} ${size} ${mtimeMs}`;
};

/** It prints what stands in the margins of a page, and so the foot of each, from this version on. */
const LEAST_VERSION = 131;
const MOST_MS = 60_000;
/** What a browser needs to be found and to find its fonts; it does not get our passwords. */
const KEPT = ['PATH', 'LD_LIBRARY_PATH', 'FONTCONFIG_PATH', 'FONTCONFIG_FILE', 'SystemRoot', 'windir', 'ProgramFiles'];

const SWITCHES = [
  '--headless',
  '--disable-gpu',
  '--no-pdf-header-footer',
  '--generate-pdf-document-outline',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-extensions',
  '--disable-sync',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-dev-shm-usage',
  '--disable-crash-reporter',
  // Nothing can be reached; the page asks for nothing either.
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--proxy-server=127.0.0.1:9',
  '--proxy-bypass-list=<-loopback>',
];

export class ChromiumFailed extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ChromiumFailed';
  }
}

/** Ends the browser with all its processes. */
const kill = (pid: number): void => {
  try {
    if (process.platform === 'win32') spawnSync('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore' });
    else process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
};

/** Runs it until it ends. @returns what it said on standard error */
const run = (program: string, args: readonly string[], home: string, mostMs: number): Promise<string> =>
  new Promise((done, fail) => {
    const env = Object.fromEntries(KEPT.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
    const child = spawn(program, args, {
      // A group of its own, so that it can be ended as a whole.
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...env, HOME: home, TMPDIR: home, TEMP: home, TMP: home, USERPROFILE: home, TZ: 'UTC', LANG: 'C.UTF-8' },
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (part: string) => (said = (said + part).slice(-4000)));
    const timer = setTimeout(() => {
      if (child.pid !== undefined) kill(child.pid);
      fail(new ChromiumFailed(`The browser did not print the page within ${mostMs / 1000} s.`));
    }, mostMs);
    child.on('error', (error) => {
      clearTimeout(timer);
      fail(new ChromiumFailed(`The browser ${program} could not be started: ${error.message}`));
    });
    child.on('exit', () => {
      clearTimeout(timer);
      if (child.pid !== undefined) kill(child.pid);
      done(said);
    });
  });

const ownRoot = (): boolean => process.platform === 'linux' && process.getuid?.() === 0;

const print = async (program: string, html: string, home: string, mostMs: number): Promise<Buffer> => {
  const [page, file] = [join(home, 'page.html'), join(home, 'page.pdf')];
  await writeFile(page, html, { mode: 0o600 });
  const printed = async (...more: string[]): Promise<string> =>
    run(
      program,
      [
        ...SWITCHES,
        ...more,
        `--user-data-dir=${join(home, 'profile')}`,
        `--print-to-pdf=${file}`,
        pathToFileURL(page).href,
      ],
      home,
      mostMs,
    );
  // Root, and a container that allows no namespaces, cannot have the sandbox. The page has no script and fetches nothing.
  let said = await printed(...(ownRoot() ? ['--no-sandbox'] : []));
  if (!existsSync(file) && /no usable sandbox|sandbox.*(?:failed|denied|not permitted)/i.test(said))
    said = await printed('--no-sandbox');
  if (!existsSync(file))
    throw new ChromiumFailed(`The browser printed nothing: ${said.trim().split('\n').at(-1) ?? ''}`);
  return readFile(file);
};

/** `D:20261014160211+00'00'`: as long as what the browser wrote, so that nothing in the file moves. */
const pdfInstant = (at: Date): string => `D:${at.toISOString().replace(/\D/g, '').slice(0, 14)}+00'00'`;

/** The file with another instant as its own. */
const dated = (pdf: string, at: Date): string =>
  pdf.replace(/\/(CreationDate|ModDate) \(D:\d{14}\+00'00'\)/g, (_, name: string) => `/${name} (${pdfInstant(at)})`);

/**
 * The file with names of its tags that count from 1 in their order: the browser numbers them as it happens to lay the page out, another way when the
 * machine is busy. Each stays as long as it was, so that nothing in the file moves.
 */
const numbered = (pdf: string): string => {
  const ids = [...new Set([...pdf.matchAll(TAG)].map(([, id]) => id!))].sort();
  const places = new Map(ids.map((id, place) => [id, String(place + 1).padStart(id.length, '0')]));
  return pdf.replace(TAG, (_, id: string) => `(node${places.get(id)!})`);
};
const TAG = /\(node(\d{8})\)/g;

const versionOf = (pdf: string): number => Number(/Skia\/PDF m(\d+)/.exec(pdf)?.[1] ?? 0);

/**
 * Prints a page of HTML.
 *
 * @param program see installedChromium
 * @param at the instant that the file tells as its own
 * @throws ChromiumFailed where it cannot be started, prints nothing in time, or is too old to number pages
 */
export const chromiumPdf = async (
  program: string,
  html: string,
  at: Date,
  mostMs: number = MOST_MS,
): Promise<{ bytes: Uint8Array; version: number }> => {
  const home = await mkdtemp(join(tmpdir(), 'throughline-print-'));
  try {
    // Bytes as signs, each for each.
    const pdf = (await print(program, html, home, mostMs)).toString('latin1');
    const version = versionOf(pdf);
    if (version < LEAST_VERSION)
      throw new ChromiumFailed(`The browser is of version ${version}; pages are numbered from ${LEAST_VERSION} on.`);
    return { bytes: new Uint8Array(Buffer.from(numbered(dated(pdf, at)), 'latin1')), version };
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }
};
