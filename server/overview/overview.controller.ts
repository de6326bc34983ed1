import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Allow, Who } from '../access/allow.js';
import type { Principal } from '../access/principal.js';
import {
  overview,
  overviewQuery,
  type OverviewQuery,
  profile,
  profileQuery,
  type ProfileQuery,
} from '../contract/overview.js';
import { ComputedBodies } from '../http/computed.js';
import { ReturnsStored } from '../http/returns.js';
import { OverviewService } from './overview.service.js';

@ApiTags('overview')
@Controller('overview')
export class OverviewController {
  constructor(
    private readonly bodies: ComputedBodies,
    private readonly overviews: OverviewService,
  ) {}

  @Get()
  @Allow('value.read')
  @ReturnsStored(overview)
  async overview(
    @Who() who: Principal,
    @Query({ schema: overviewQuery }) query: OverviewQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.bodies.answer({ request, response }, who, 'overview', query, (manager, reading) =>
      this.overviews.overview(manager, reading, who, query),
    );
  }

  @Get('profile')
  @Allow('value.read')
  @ReturnsStored(profile)
  async profile(
    @Who() who: Principal,
    @Query({ schema: profileQuery }) query: ProfileQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.bodies.answer({ request, response }, who, 'overview/profile', query, (manager, reading) =>
      this.overviews.profile(manager, reading, who, query),
    );
  }
}
