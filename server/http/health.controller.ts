import { Controller, Get, Header } from '@nestjs/common';
import { z } from 'zod';
import { Public } from '../access/allow.js';
import { Figures } from './figures.js';
import { HealthService } from './health.service.js';
import { Returns, ReturnsStream } from './returns.js';

const health = z.object({ status: z.literal('ok') }).meta({ id: 'Health' });
type Health = z.infer<typeof health>;

/** For whoever runs the product: is it alive, can it answer, how is it doing. Nobody signs in for it and nothing secret is in it. */
@Controller()
export class HealthController {
  constructor(
    private readonly health: HealthService,
    private readonly figures: Figures,
  ) {}

  /** Alive means that it answers at all; the database does not matter, because a restart would not bring it back. */
  @Get('health/live')
  @Public()
  @Header('Cache-Control', 'no-store')
  @Returns(health)
  live(): Health {
    return { status: 'ok' };
  }

  /** 503 while the database is away, not migrated, or the process is stopping. */
  @Get('health/ready')
  @Public()
  @Header('Cache-Control', 'no-store')
  @Returns(health)
  async ready(): Promise<Health> {
    await this.health.check();
    return { status: 'ok' };
  }

  @Get('prometheus')
  @Public()
  @Header('Cache-Control', 'no-store')
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  @ReturnsStream('text/plain')
  prometheus(): string {
    return this.figures.text();
  }
}
