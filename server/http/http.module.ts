import { Global, Module, RequestMethod, type MiddlewareConsumer, type NestModule } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { Figures } from './figures.js';
import { HealthController } from './health.controller.js';
import { IdempotencyKeys } from './idempotency-keys.js';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';
import { HealthService } from './health.service.js';

/** What serves every route alike: health, figures, idempotency keys. */
@Global()
@Module({
  controllers: [HealthController],
  providers: [HealthService, Figures, IdempotencyKeys, { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor }],
  exports: [HealthService, Figures, IdempotencyKeys],
})
export class HttpModule implements NestModule {
  constructor(private readonly figures: Figures) {}

  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(this.figures.count).forRoutes({ path: '{*path}', method: RequestMethod.ALL });
  }
}
