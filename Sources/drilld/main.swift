await Drilld.main()
