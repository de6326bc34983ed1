import { Module } from '@nestjs/common';
import { ComputedBodies } from './computed.js';

/** One store of computed bodies for all concepts. */
@Module({ providers: [ComputedBodies], exports: [ComputedBodies] })
export class ComputedModule {}
