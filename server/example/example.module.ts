import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { ImportsModule } from '../imports/imports.module.js';
import { ExampleController } from './example.controller.js';
import { ExampleService } from './example.service.js';
import { ExampleLoading } from './loading.service.js';
import { ExampleRemoval } from './removal.service.js';

/** A believable enterprise to look at, until there are records of one's own. */
@Module({
  imports: [AccessModule, ImportsModule],
  controllers: [ExampleController],
  providers: [ExampleService, ExampleLoading, ExampleRemoval],
})
export class ExampleModule {}
