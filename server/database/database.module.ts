import { Module, type DynamicModule } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Logger } from 'pino';
import type { Config } from '../config.js';
import { CLOCK, type Clock } from '../http/clock.js';
import { CONFIG } from '../http/config.token.js';
import { LOGGER } from '../http/logger.js';

/** What the process was started with; every module may ask for it. */
export interface Surroundings {
  config: Config;
  /** Connected, as the role that owns nothing. */
  source: DataSource;
  clock: Clock;
  logger: Logger;
}

@Module({})
export class DatabaseModule {
  static with({ config, source, clock, logger }: Surroundings): DynamicModule {
    const providers = [
      { provide: DataSource, useValue: source },
      { provide: CONFIG, useValue: config },
      { provide: CLOCK, useValue: clock },
      { provide: LOGGER, useValue: logger },
    ];
    return { module: DatabaseModule, global: true, providers, exports: providers.map((provider) => provider.provide) };
  }
}
