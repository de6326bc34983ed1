import { monitorEventLoopDelay, type IntervalHistogram } from 'node:perf_hooks';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { poolOf } from '../database/pool.js';
import { DataSource } from 'typeorm';

/** Upper ends of the duration buckets in seconds, each counted with what lies below it. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;

interface Durations {
  buckets: number[];
  sum: number;
  count: number;
}

type Labels = Record<string, string>;

const escaped = (text: string): string => text.replace(/[\\"\n]/g, (char) => (char === '\n' ? '\\n' : `\\${char}`));

/** One sample in the text format of Prometheus. */
const sample = (name: string, value: number, labels: Labels = {}): string => {
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`);
  return `${name}${pairs.length > 0 ? `{${pairs.join(',')}}` : ''} ${value}`;
};

const family = (name: string, type: 'gauge' | 'counter' | 'histogram', help: string, samples: string[]): string =>
  [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...samples].join('\n');

/** Counts what the process does, for whoever watches it. Routes are named by their template, so that no id stands in a figure. */
@Injectable()
export class Figures implements OnModuleDestroy {
  private readonly requests = new Map<string, { labels: Labels; count: number }>();
  private readonly durations = new Map<string, { labels: Labels; durations: Durations }>();
  private readonly loopDelay: IntervalHistogram = monitorEventLoopDelay({ resolution: 20 });

  constructor(private readonly source: DataSource) {
    this.loopDelay.enable();
  }

  onModuleDestroy(): void {
    this.loopDelay.disable();
  }

  /** Express middleware that counts each request when it has been answered. */
  readonly count = (request: Request, response: Response, next: NextFunction): void => {
    const started = performance.now();
    response.on('finish', () => this.add(request, response, (performance.now() - started) / 1000));
    next();
  };

  /** All figures in the text format 0.0.4 of Prometheus. Holds no names of people or records. */
  text(): string {
    const families = [...this.ofProcess(), ...this.ofPool(), ...this.ofRequests()];
    this.loopDelay.reset(); // each reading covers the time since the one before
    return `${families.join('\n')}\n`;
  }

  private add(request: Request, response: Response, seconds: number): void {
    const route = (request as { route?: { path?: unknown } }).route?.path;
    const template = typeof route === 'string' ? route : 'unmatched';
    const labels = { method: known(request.method), route: template };
    const status = String(response.statusCode);
    const requestsKey = `${labels.method} ${template} ${status}`;
    const counted = this.requests.get(requestsKey) ?? { labels: { ...labels, status }, count: 0 };
    counted.count += 1;
    this.requests.set(requestsKey, counted);

    const key = `${labels.method} ${template}`;
    const { durations } = this.durations.get(key) ?? { durations: { buckets: BUCKETS.map(() => 0), sum: 0, count: 0 } };
    BUCKETS.forEach((end, index) => {
      if (seconds <= end) durations.buckets[index]! += 1;
    });
    durations.sum += seconds;
    durations.count += 1;
    this.durations.set(key, { labels, durations });
  }

  private ofProcess(): string[] {
    const memory = process.memoryUsage();
    const cpu = process.cpuUsage();
    const seconds = (nanoseconds: number): number => (Number.isFinite(nanoseconds) ? nanoseconds / 1e9 : 0);
    return [
      family('process_resident_memory_bytes', 'gauge', 'Resident memory.', [
        sample('process_resident_memory_bytes', memory.rss),
      ]),
      family('nodejs_heap_used_bytes', 'gauge', 'Used heap.', [sample('nodejs_heap_used_bytes', memory.heapUsed)]),
      family('process_cpu_seconds_total', 'counter', 'User and system CPU time.', [
        sample('process_cpu_seconds_total', (cpu.user + cpu.system) / 1e6),
      ]),
      family('process_uptime_seconds', 'gauge', 'Time since the start.', [
        sample('process_uptime_seconds', process.uptime()),
      ]),
      family('nodejs_eventloop_delay_seconds', 'gauge', 'Delay of the event loop since the last reading.', [
        sample('nodejs_eventloop_delay_seconds', seconds(this.loopDelay.percentile(50)), { quantile: '0.5' }),
        sample('nodejs_eventloop_delay_seconds', seconds(this.loopDelay.percentile(99)), { quantile: '0.99' }),
        sample('nodejs_eventloop_delay_seconds', seconds(this.loopDelay.max), { quantile: '1' }),
      ]),
    ];
  }

  private ofPool(): string[] {
    const pool = poolOf(this.source);
    return [
      family('database_pool_connections', 'gauge', 'Connections to the database.', [
        sample('database_pool_connections', pool.totalCount, { state: 'open' }),
        sample('database_pool_connections', pool.idleCount, { state: 'idle' }),
      ]),
      family('database_pool_waiting', 'gauge', 'Requests that wait for a connection.', [
        sample('database_pool_waiting', pool.waitingCount),
      ]),
    ];
  }

  private ofRequests(): string[] {
    const counts = [...this.requests.values()].map(({ labels, count }) => sample('http_requests_total', count, labels));
    const name = 'http_request_duration_seconds';
    const durations = [...this.durations.values()].flatMap(({ labels, durations: { buckets, sum, count } }) => [
      ...BUCKETS.map((end, index) => sample(`${name}_bucket`, buckets[index]!, { ...labels, le: String(end) })),
      sample(`${name}_bucket`, count, { ...labels, le: '+Inf' }),
      sample(`${name}_sum`, sum, labels),
      sample(`${name}_count`, count, labels),
    ]);
    return [
      family('http_requests_total', 'counter', 'Answered requests by route and status.', counts),
      family(name, 'histogram', 'Time to answer by route.', durations),
    ];
  }
}

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
/** Node takes thirty methods more; whoever sends them must not grow the list. */
const known = (method: string): string => (METHODS.has(method) ? method : 'other');
