/** Reads an iCalendar file by RFC 5545, without the library that wrote it, and refuses what the standard does. */

export interface CalendarEvent {
  uid: string;
  start: string;
  end: string;
  summary: string;
  description: string;
  stamp: string;
  modified: string;
  /** All properties by name, with their parameters. */
  properties: Map<string, { parameters: string; value: string }>;
}

const MOST_OCTETS = 75;

export const readCalendar = (file: string): { properties: Map<string, string>; events: CalendarEvent[] } => {
  if (!file.endsWith('\r\n')) throw new Error('The last line does not end.');
  if (/[^\r]\n|\r[^\n]/.test(file)) throw new Error('A line does not end with CR LF.');
  const physical = file.slice(0, -2).split('\r\n');
  for (const line of physical)
    if (Buffer.byteLength(line) > MOST_OCTETS) throw new Error(`A line has more than 75 octets: ${line}`);
  const lines = physical
    .join('\r\n')
    .replace(/\r\n[ \t]/g, '')
    .split('\r\n');
  if (lines[0] !== 'BEGIN:VCALENDAR' || lines.at(-1) !== 'END:VCALENDAR') throw new Error('No calendar.');
  const properties = new Map<string, string>();
  const events: CalendarEvent[] = [];
  let current: CalendarEvent['properties'] | null = null;
  for (const line of lines.slice(1, -1)) {
    const match = /^([A-Z-]+)((?:;[A-Z-]+=[^:;]+)*):(.*)$/.exec(line);
    if (!match) throw new Error(`No content line: ${line}`);
    const [, name = '', parameters = '', value = ''] = match;
    if (line === 'BEGIN:VEVENT') current = new Map();
    else if (line === 'END:VEVENT') {
      events.push(eventOf(current!));
      current = null;
    } else if (current) {
      if (current.has(name)) throw new Error(`${name} stands twice in an event.`);
      current.set(name, { parameters, value });
    } else properties.set(name, value);
  }
  return { properties, events };
};

const eventOf = (properties: CalendarEvent['properties']): CalendarEvent => {
  const value = (name: string): string => {
    const found = properties.get(name);
    if (!found) throw new Error(`An event has no ${name}.`);
    return found.value;
  };
  const date = (name: string): string => {
    if (properties.get(name)?.parameters !== ';VALUE=DATE') throw new Error(`${name} is no date.`);
    const match = /^(\d{4})(\d{2})(\d{2})$/.exec(value(name));
    if (!match) throw new Error(`${name} is no date: ${value(name)}`);
    return `${match[1]}-${match[2]}-${match[3]}`;
  };
  const instant = (name: string): string => {
    if (!/^\d{8}T\d{6}Z$/.test(value(name))) throw new Error(`${name} is no instant: ${value(name)}`);
    return value(name);
  };
  return {
    uid: value('UID'),
    start: date('DTSTART'),
    end: date('DTEND'),
    summary: textOf(value('SUMMARY')),
    description: textOf(value('DESCRIPTION')),
    stamp: instant('DTSTAMP'),
    modified: instant('LAST-MODIFIED'),
    properties,
  };
};

const textOf = (value: string): string => {
  if (/(?<!\\)(?:\\\\)*[;,]/.test(value)) throw new Error(`A sign is not escaped: ${value}`);
  return value.replace(/\\([\\;,nN])/g, (_, sign: string) => (/n/i.test(sign) ? '\n' : sign));
};
