import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOGGER } from '../http/logger.js';
import { DigestService } from './digest.service.js';

const EVERY_MS = 15 * 60_000;

/** Looks every quarter of an hour whether a digest is due. Started with the server, and by nothing else: tests send by hand. */
@Injectable()
export class DigestClock implements OnModuleDestroy {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;

  constructor(
    private readonly digests: DigestService,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Looks at once, then every quarter of an hour. */
  start(): void {
    this.timer ??= setInterval(() => this.look(), EVERY_MS);
    this.timer.unref();
    this.look();
  }

  /** A mail that is being sent ends before the database goes. */
  async onModuleDestroy(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    this.timer = null;
    this.digests.stop();
    await this.running;
  }

  private look(): void {
    if (this.running) return;
    this.running = this.digests
      .sendDue()
      .then(() => undefined)
      .catch((err: unknown) => this.logger.error({ err }, 'digests could not be sent'))
      .finally(() => {
        this.running = null;
      });
  }
}
