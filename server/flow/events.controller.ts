import { Body, Controller, Post } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import { Allow, Who } from '../access/allow.js';
import type { Principal } from '../access/principal.js';
import {
  workItemEvents,
  workItemEventsAnswer,
  type WorkItemEvents,
  type WorkItemEventsAnswer,
} from '../contract/work-item-event.js';
import { Returns } from '../http/returns.js';
import { WorkItemEventsService } from './events.service.js';

@ApiTags('flow')
@Controller('work-items/events')
export class WorkItemEventsController {
  constructor(private readonly events: WorkItemEventsService) {}

  @Post()
  @Allow('records.write:work_item')
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'One key a delivery: its repetitions do nothing.',
  })
  @Returns(workItemEventsAnswer)
  record(@Who() who: Principal, @Body({ schema: workItemEvents }) body: WorkItemEvents): Promise<WorkItemEventsAnswer> {
    return this.events.record(who, body.items);
  }
}
