import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, Who } from '../access/allow.js';
import type { Principal } from '../access/principal.js';
import { planVersions, type PlanVersions } from '../contract/plan.js';
import * as p from '../contract/primitives.js';
import { Returns } from '../http/returns.js';
import { PlanVersionsService } from './plan-versions.service.js';

@ApiTags('benefits')
@Controller('benefits/:ref/plan-versions')
export class PlanVersionsController {
  constructor(private readonly versions: PlanVersionsService) {}

  @Get()
  @Allow('records.read:benefit_value')
  @Returns(planVersions)
  async read(@Who() who: Principal, @Param('ref', { schema: p.ref }) ref: string): Promise<PlanVersions> {
    return this.versions.read(who, ref);
  }
}
