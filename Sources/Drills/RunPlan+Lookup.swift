extension RunPlan {
    /// The probe of a name, if the plan has it.
    package func probe(named name: ProbeName) -> Probe? {
        probes.first { $0.name == name }
    }

    /// The fault of a name, if the plan has it.
    package func fault(named name: FaultName) -> FaultPlan? {
        faults.first { $0.name == name }
    }

    /// The page of a name, if the plan has it.
    package func page(named name: PageName) -> PagePlan? {
        pages.first { $0.name == name }
    }

    /// The response of a name, if the plan has it.
    package func response(named name: ResponseName) -> Response? {
        responses.first { $0.name == name }
    }

    /// The first response that takes a step, if the plan has one.
    package func response(taking step: Response.Step) -> Response? {
        responses.first { $0.step == step }
    }

    /// The channel of a name, if the plan has it.
    package func channel(named name: ChannelName) -> Channel? {
        channels.first { $0.name == name }
    }
}
