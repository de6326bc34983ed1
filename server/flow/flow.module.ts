import { Module } from '@nestjs/common';
import { WorkItemEventsController } from './events.controller.js';
import { WorkItemEventsService } from './events.service.js';

@Module({ controllers: [WorkItemEventsController], providers: [WorkItemEventsService] })
export class FlowModule {}
