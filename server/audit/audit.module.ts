import { Module } from '@nestjs/common';
import { AuditController } from './audit.controller.js';

/** The audit chain: reading and verifying it. It is written by `write.ts`, inside of each change. */
@Module({ controllers: [AuditController] })
export class AuditModule {}
