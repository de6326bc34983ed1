import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Allow, Who } from '../access/allow.js';
import type { Principal } from '../access/principal.js';
import * as p from '../contract/primitives.js';
import {
  serviceHistory,
  serviceLevels,
  serviceLevelsQuery,
  type ServiceLevelsQuery,
} from '../contract/service-level.js';
import { ComputedBodies } from '../http/computed.js';
import { ReturnsStored } from '../http/returns.js';
import { ServiceLevelsService } from './service-levels.service.js';

@ApiTags('services')
@Controller('service-levels')
export class ServiceLevelsController {
  constructor(
    private readonly bodies: ComputedBodies,
    private readonly services: ServiceLevelsService,
  ) {}

  @Get()
  @Allow('services.read')
  @ReturnsStored(serviceLevels)
  async levels(
    @Who() who: Principal,
    @Query({ schema: serviceLevelsQuery }) query: ServiceLevelsQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.bodies.answer({ request, response }, who, 'service-levels', query, (manager, reading) =>
      this.services.levels(manager, reading, who),
    );
  }

  @Get(':ref')
  @Allow('services.read')
  @ReturnsStored(serviceHistory)
  async history(
    @Who() who: Principal,
    @Param('ref', { schema: p.ref }) ref: string,
    @Query({ schema: serviceLevelsQuery }) query: ServiceLevelsQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.bodies.answer({ request, response }, who, `service-levels/${ref}`, query, (manager, reading) =>
      this.services.history(manager, reading, ref),
    );
  }
}
