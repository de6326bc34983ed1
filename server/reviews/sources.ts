import { Injectable } from '@nestjs/common';
import { DecisionLogService } from '../decisions/log.service.js';
import { FlowService } from '../flow/flow.service.js';
import { NeedsActionService } from '../overview/needs-action.service.js';
import { OverviewService } from '../overview/overview.service.js';
import { SignsService } from '../signs/signs.service.js';

/** What sections read beside figures: the pages whose lists they repeat. */
@Injectable()
export class ReviewSources {
  constructor(
    readonly overviews: OverviewService,
    readonly actions: NeedsActionService,
    readonly signs: SignsService,
    readonly decisions: DecisionLogService,
    readonly flow: FlowService,
  ) {}
}
